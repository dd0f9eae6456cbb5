"""Where the index is kept: in a folder or on a Chroma server."""

"""One loader for each kind of file: from its bytes to its text and what it says of itself."""

"""One loader for each kind of file, from its bytes to its text and what it states of itself."""

"""From a folder of files to the passages that fit a question."""

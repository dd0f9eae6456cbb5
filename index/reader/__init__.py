"""The reader: where in a passage the answer to a question stands, if it is there at all."""

"""Trains the reader: python -m index.reader.training FOLDERS SETS."""

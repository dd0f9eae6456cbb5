"""Trains the reader: python -m index.reader.training DATA."""

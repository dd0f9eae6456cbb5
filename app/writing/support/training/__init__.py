"""Trains the network that checks statements: python -m app.writing.support.training DATA."""

"""Trains the encoder to find the chunks and sentences that answer a question, in any language."""

"""Answers written by a language model from the passages that were found."""

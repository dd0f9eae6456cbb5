"""Sentences on unrelated subjects, whose token vectors show what all token vectors share."""

from pathlib import Path


def neutral_sentences() -> list[str]:
    """Return the sentences, in the languages of the corpus."""
    return Path(__file__).with_name("neutral.txt").read_text(encoding="utf-8").splitlines()

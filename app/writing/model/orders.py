"""Keeps from a language model what a passage orders it to do.

An article is read, not obeyed. A model may obey all the same, so a paragraph that speaks to it is
blanked before it sees the passage, and carries nothing that it says.
"""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.language.sentences import blocks
from index.search import Passage


def without_orders(passage: Passage) -> Passage:
    """Return the passage with spaces for each paragraph that speaks to a model.

    Offsets are as they were, so that what is left can be cited.
    """
    text = passage.chunk.text
    for (start, end), _ in blocks(text):
        if speaks_to_a_model(text[start:end]):
            text = text[:start] + " " * (end - start) + text[end:]
    if text == passage.chunk.text:
        return passage
    return replace(passage, chunk=replace(passage.chunk, text=text))


def speaks_to_a_model(text: str) -> bool:
    """Whether a text gives orders to a language model."""
    return _orders().search(text) is not None


@cache
def _orders() -> re.Pattern[str]:
    file = Path(__file__).with_name("orders.toml")
    patterns = tomllib.loads(file.read_text(encoding="utf-8"))
    every = (pattern for of in patterns.values() for pattern in of)
    return re.compile("|".join(f"(?:{pattern})" for pattern in every), re.I | re.M)

"""Removes orders to a language model from the passages that it is given.

An article is to be read, not obeyed. A model may obey all the same, so a paragraph that speaks to
it is blanked before it sees the passage, and cannot support anything that it says.
"""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.search import Passage
from index.structure import blocks


def without_orders(passage: Passage) -> Passage:
    """Return the passage with spaces in place of each paragraph that speaks to a model.

    Offsets stay as they are, so that the rest can be cited.
    """
    text = passage.chunk.text
    for block in blocks(text):
        if speaks_to_a_model(text[slice(*block.span)]):
            text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
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
    every = (pattern for language in patterns.values() for pattern in language)
    return re.compile("|".join(f"(?:{pattern})" for pattern in every), re.I | re.M)

"""What people say that is no question for the articles, such as a greeting, or thanks."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("sayings.json")
_TOPIC = "{topic}"
_AROUND = " .,!?¡¿。，！？…"

QUESTION = "question"
"""The kind of sayings that are questions for the articles after all."""


@cache
def sayings() -> Mapping[str, Mapping[str, list[str]]]:
    """Return them by kind and language (ISO 639-1); some have a place for a topic.

    Those of the kind `QUESTION` are there to learn what sounds alike and is none of the others.
    """
    found: dict[str, dict[str, list[str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def said(text: str) -> tuple[str, str] | None:
    """Return the kind and the language of what a text says to the letter, case and marks aside.

    None means that no saying, or one of several languages, says it.
    """
    found = {(kind, language) for kind, language, form in _forms() if form.fullmatch(_bare(text))}
    return found.pop() if len(found) == 1 else None


def bare(text: str) -> str:
    """Return a text without case, punctuation and space."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in letters if character.isalnum())


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_AROUND)


@cache
def _forms() -> list[tuple[str, str, re.Pattern[str]]]:
    """Return kind, language and form of each saying."""
    return list(_compiled())


def _compiled() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    for kind, languages in sayings().items():
        for language, texts in languages.items():
            if kind != QUESTION:
                each = (re.escape(_bare(text)).replace(re.escape(_TOPIC), ".+") for text in texts)
                yield kind, language, re.compile("|".join(each))

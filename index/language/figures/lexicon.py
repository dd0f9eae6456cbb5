"""The words of a language by which figures are known, compiled from figures.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from index.language.figures.figure import Hedge

_LANGUAGES = ("en", "it", "es", "zh")


class Lexicon:
    """The words of a language, compiled; figures.toml has an example of each."""

    def __init__(self, language: str) -> None:
        own: dict[str, Any] = tables()[language]
        self.language = language
        self.chinese = language == "zh"
        self.comma_is_decimal = own["decimal"] == ","
        edge = "" if self.chinese else r"\b"

        def word(pattern: str) -> re.Pattern[str]:
            return re.compile(rf"{edge}(?:{pattern})(?!\w)" if edge else pattern, re.I)

        # "40B", "500k": no edge between the digits and the letter.
        self.scales = [
            (re.compile(rf"(?<![^\W\d_])(?:{pattern})(?!\w)", re.I), float(factor))
            for pattern, factor in own["scales"]
        ]
        self.plurals = [(word(pattern), float(size)) for pattern, size in own["plurals"]]
        self.words = [(word(pattern), float(value)) for pattern, value in own["words"]]
        self.multiples = [(word(p), float(value)) for p, value in own["multiples"]]
        self.halves = re.compile(rf"{edge}(?:{own['halves']})", re.I)
        self.half = re.compile(rf"\s*(?:{own['half']})(?!\w)", re.I)
        self.join = re.compile(rf"\s*(?:[-–—~～]|{edge}{own['joins']}{edge})\s*", re.I)
        article = "" if self.chinese else r"(?:\s+(?:the|i|gli|il|le|la|el|los|las|un|una))?\s*"
        self.before: list[tuple[Hedge, re.Pattern[str]]] = [
            (hedge, re.compile(rf"{edge}(?:{pattern}){article}$", re.I))
            for hedge, pattern in own["hedges"].items()
            if hedge not in ("before", "after")
        ]
        self.after: list[tuple[Hedge, re.Pattern[str]]] = [
            (hedge, re.compile(rf"\s*(?:{pattern})", re.I))
            for hedge, pattern in own["after"].items()
        ]
        self.date_before: str = own["hedges"]["before"]
        self.date_after: str = own["hedges"]["after"]
        self.date_lead: str = own["dates"]
        self._function = re.compile(own["function"], re.I)

    def is_function_word(self, word: str) -> bool:
        """Whether a word is an article, a preposition and the like: never a name, nor counted."""
        return self._function.fullmatch(word) is not None


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language, of English where there are none for it."""
    return Lexicon(language if language in _LANGUAGES else "en")


@cache
def tables() -> dict[str, Any]:
    """Return what stands in figures.toml."""
    file = Path(__file__).with_name("figures.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))

"""The words of a language that show its figures.

English, Italian, Spanish and Chinese have their own in figures.toml. For any other language that
Unicode's CLDR knows, they come from there: then there are no hedges.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.language.figures import cldr
from index.language.figures.figure import Hedge
from index.language.scripts import is_spaced

Sizes = Sequence[tuple[re.Pattern[str], float]]
"""Words that stand for a number or multiply one."""

_OURS = ("en", "it", "es", "zh")
_NEVER = r"(?!)"
_SHORTEST = 2  # letters of a word of magnitude: "B" after a number is a name as often


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lexicon:
    """The words of a language, compiled; figures.toml has an example of each."""

    language: str
    is_own: bool  # whether figures.toml has it
    comma_is_decimal: bool
    scales: Sizes  # after a number: million
    plurals: Sizes = ()  # orders of magnitude: millions
    words: Sizes = ()  # a dozen
    multiples: Sizes = ()  # twice
    halves: re.Pattern[str] = re.compile(_NEVER)
    half: re.Pattern[str] = re.compile(_NEVER)
    join: re.Pattern[str] = re.compile(r"\s*[-–—~～]\s*")  # between two ends of a range
    before: Sequence[tuple[Hedge, re.Pattern[str]]] = ()
    after: Sequence[tuple[Hedge, re.Pattern[str]]] = ()
    date_before: str = _NEVER
    date_after: str = _NEVER
    date_lead: str = _NEVER
    function_words: re.Pattern[str] = re.compile(_NEVER)

    @property
    def chinese(self) -> bool:
        """Whether numbers are read as Chinese writes them."""
        return self.language == "zh"

    def is_function_word(self, word: str) -> bool:
        """Whether a word is an article, a preposition and the like: never a name, nor counted."""
        return self.function_words.fullmatch(word) is not None


def can_read(language: str) -> bool:
    """Whether figures are read in a language; in any other nothing is to be compared."""
    return language in _OURS or cldr.is_known(language)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language in which figures can be read."""
    return _from_table(language) if language in _OURS else _from_cldr(language)


@cache
def tables() -> dict[str, Any]:
    """Return the contents of figures.toml."""
    file = Path(__file__).with_name("figures.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _from_table(language: str) -> Lexicon:
    own: dict[str, Any] = tables()[language]
    edge = "" if language == "zh" else r"\b"

    def word(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"{edge}(?:{pattern})(?!\w)" if edge else pattern, re.I)

    article = "" if language == "zh" else r"(?:\s+(?:the|i|gli|il|le|la|el|los|las|un|una))?\s*"
    return Lexicon(
        language=language,
        is_own=True,
        comma_is_decimal=own["decimal"] == ",",
        scales=[(_scale(pattern), float(factor)) for pattern, factor in own["scales"]],
        plurals=[(word(pattern), float(size)) for pattern, size in own["plurals"]],
        words=[(word(pattern), float(value)) for pattern, value in own["words"]],
        multiples=[(word(pattern), float(value)) for pattern, value in own["multiples"]],
        halves=re.compile(rf"{edge}(?:{own['halves']})", re.I),
        half=re.compile(rf"\s*(?:{own['half']})(?!\w)", re.I),
        join=re.compile(rf"\s*(?:[-–—~～]|{edge}{own['joins']}{edge})\s*", re.I),
        before=[
            (hedge, re.compile(rf"{edge}(?:{pattern}){article}$", re.I))
            for hedge, pattern in own["hedges"].items()
            if hedge not in ("before", "after")
        ],
        after=[
            (hedge, re.compile(rf"\s*(?:{pattern})", re.I))
            for hedge, pattern in own["after"].items()
        ],
        date_before=own["hedges"]["before"],
        date_after=own["hedges"]["after"],
        date_lead=own["dates"],
        function_words=re.compile(own["function"], re.I),
    )


def _from_cldr(language: str) -> Lexicon:
    return Lexicon(
        language=language,
        is_own=False,
        comma_is_decimal=cldr.decimal_separator(language) == ",",
        scales=[
            (re.compile(re.escape(word)) if not is_spaced(word) else _scale(re.escape(word)), size)
            for word, size in cldr.magnitudes(language)
            if len(word) >= _SHORTEST or not is_spaced(word)
        ],
    )


def _scale(pattern: str) -> re.Pattern[str]:
    # "40B", "500k": there is no edge between the digits and the letter.
    return re.compile(rf"(?<![^\W\d_])(?:{pattern})(?!\w)", re.I)

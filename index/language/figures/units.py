"""The unit of a number: what follows it, or the currency before it."""

import re
from functools import cache

from index.language.figures.lexicon import tables

_SPACE = re.compile(r"[\s-]?(?:(?:di|de|of)\s)?")
_CURRENCY_REACH = 4  # characters before a number


def unit_after(text: str, end: int) -> tuple[str, str, float, int] | None:
    """Return kind, unit, factor to the unit, and end of the unit that follows a number."""
    space = _SPACE.match(text, end)
    at = space.end() if space else end
    for pattern, kind, unit, factor in _units():
        if match := pattern.match(text, at):
            return kind, unit, factor, match.end()
    return None


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """Return the currency that stands before a number, and where it begins."""
    for pattern, code in _currencies():
        if match := pattern.search(text, max(0, start - _CURRENCY_REACH), start):
            return code, match.start()
    return None


@cache
def unit_words() -> list[tuple[re.Pattern[str], str]]:
    """Return the words for units, wherever they stand, each with its kind."""
    return [
        (re.compile(rf"(?<![a-zà-ÿ])(?:{pattern})", re.I), kind)
        for pattern, kind, *_ in tables()["units"]
    ]


@cache
def _units() -> list[tuple[re.Pattern[str], str, str, float]]:
    rows = tables()["units"]
    return [(re.compile(pattern, re.I), kind, unit, float(f)) for pattern, kind, unit, f in rows]


@cache
def _currencies() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?:{p})\s?$", re.I), code) for p, code in tables()["currencies"]]

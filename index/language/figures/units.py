"""The unit of a number: what follows it, or the currency before it."""

import re
from dataclasses import dataclass
from functools import cache

from index.language.figures import cldr
from index.language.figures.lexicon import Lexicon, tables
from index.language.scripts import is_spaced

_SPACE = re.compile(r"[\s-]?(?:(?:di|de|of)\s|d['’])?")
_CURRENCY_REACH = 5  # characters before a number


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and the factor from a number of it to the base unit of its kind."""

    kind: str  # "money", "percent", "duration", …
    name: str  # the base unit or the currency
    factor: float


def unit_after(text: str, end: int, words: Lexicon) -> tuple[Unit, int] | None:
    """Return the unit that follows a number, and where it ends."""
    space = _SPACE.match(text, end)
    at = space.end() if space else end
    for pattern, unit in _units(words.language, is_own=words.is_own):
        if match := pattern.match(text, at):
            return unit, match.end()
    return None


def currency_before(text: str, start: int, words: Lexicon) -> tuple[str, int] | None:
    """Return the currency that stands before a number, and where it begins."""
    for pattern, code in _currencies(words.language, is_own=words.is_own):
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
def _units(language: str, *, is_own: bool) -> list[tuple[re.Pattern[str], Unit]]:
    return _own_units() if is_own else [*_cldr_units(language), *_own_units()]


@cache
def _own_units() -> list[tuple[re.Pattern[str], Unit]]:
    return [
        (re.compile(pattern, re.I), Unit(kind, name, float(factor)))
        for pattern, kind, name, factor in tables()["units"]
    ]


def _cldr_units(language: str) -> list[tuple[re.Pattern[str], Unit]]:
    """Return the units that CLDR has words for, where its English word is one of ours."""
    found: dict[str, Unit] = {}
    ours = {unit: _own_unit(words) for unit, words in cldr.units("en")}
    for unit, words in cldr.units(language):
        if (known := ours.get(unit)) is not None:
            found |= dict.fromkeys(words, known)
    for name, code in cldr.currency_names(language):
        found[name] = Unit("money", code, 1.0)
    for symbol, code in cldr.currency_symbols(language):
        found[symbol] = Unit("money", code, 1.0)
    longest_first = sorted(found, key=lambda word: (-len(word), word))
    return [(_word(word), found[word]) for word in longest_first]


def _own_unit(words: list[str]) -> Unit | None:
    """Return our unit for the English words of one."""
    units = (unit for word in words for p, unit in _own_units() if p.fullmatch(word))
    return next(units, None)


def _word(word: str) -> re.Pattern[str]:
    edge = r"(?!\w)" if word[-1].isalnum() and is_spaced(word) else ""
    # Short ones are symbols, in which case matters: kW, Mb.
    return re.compile(re.escape(word) + edge, re.I if len(word) > 3 else 0)


@cache
def _currencies(language: str, *, is_own: bool) -> list[tuple[re.Pattern[str], str]]:
    ours = [(re.compile(rf"(?:{p})\s?$", re.I), code) for p, code in tables()["currencies"]]
    symbols = [
        (re.compile(rf"(?<!\w){re.escape(symbol)}\s?$"), code)
        for symbol, code in cldr.currency_symbols(language)
        if not symbol.isascii() or not symbol.isalnum()
    ]
    # First those with a letter, so that R$ is not taken for $.
    return [*symbols, *ours]

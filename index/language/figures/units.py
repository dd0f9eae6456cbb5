"""The unit of a number, after it or before it."""

import re
from functools import cache

from index.language.figures.lexicon import Lexicon, Measure, tables, unit_rows

_SPACE = re.compile(r"[\s-]?(?:(?:di|de|of)\s)?")
# A short word may lead to the currency: "millions d'euros".
_PREPOSITION = re.compile(r" (?:[^\W\d_]{1,2} |[^\W\d_]['’])")
_NUMBER = re.compile(r"\s?\d")
_CURRENCY_REACH = 4  # characters before a number


def unit_after(text: str, end: int, lexicon: Lexicon) -> tuple[Measure, int] | None:
    """Return what the unit after a number measures, and where the unit ends."""
    space = _SPACE.match(text, end)
    begin = space.end() if space else end
    for pattern, measure in lexicon.units:
        if match := pattern.match(text, begin):
            return measure, match.end()
    found = lexicon.unit_table.after(text, end) or _currency_after(text, end, lexicon)
    if not found and (space := _PREPOSITION.match(text, end)):
        return _currency_after(text, space.end(), lexicon)
    return found


def _currency_after(text: str, end: int, lexicon: Lexicon) -> tuple[Measure, int] | None:
    found = lexicon.currency_table.after(text, end)
    if found and not text[found[1] - 1].isalpha() and _NUMBER.match(text, found[1]):
        return None  # the sign belongs to the next number: "5 $10 notes"
    return found


def unit_before(text: str, start: int, lexicon: Lexicon) -> tuple[Measure, int] | None:
    """Return what the unit or currency before a number measures, and where it begins."""
    found = [
        (Measure("money", code, 1.0), match.start())
        for pattern, code in _currencies()
        if (match := pattern.search(text, max(0, start - _CURRENCY_REACH), start))
    ]
    for table in (lexicon.unit_table, lexicon.currency_table):
        if other := table.before(text, start):
            found.append(other)
    return min(found, key=lambda pair: pair[1], default=None)  # the R$ of "R$ 5", not its $


@cache
def unit_words() -> list[tuple[re.Pattern[str], str]]:
    """Return the words for units, wherever they stand, each with its kind."""
    return [
        (
            re.compile(rf"(?<![a-zà-ÿ])(?:{'|'.join(filter(None, (symbols, words)))})", re.I),
            measure.kind,
        )
        for symbols, words, measure, _ in unit_rows()
    ]


@cache
def _currencies() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?:{p})\s?$", re.I), code) for p, code in tables()["currencies"]]

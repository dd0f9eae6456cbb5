"""Reads the figures of a text: its dates, then its numbers with what they measure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from index.language.figures.between import between
from index.language.figures.dates import dates
from index.language.figures.figure import Figure, Hedge, Range
from index.language.figures.hedges import hedged, weakened
from index.language.figures.lexicon import Lexicon, Measure, lexicon_for
from index.language.figures.magnitude import HAN_SCALE, han_size
from index.language.figures.number import ROUND_PERCENT, Number
from index.language.figures.numbers import numbers
from index.language.figures.things import counted, is_class, is_name_part
from index.language.figures.units import unit_after, unit_before

_OPEN = 1 - 1e-6  # so that 144 and 145, both whole, do not meet half-way
_HAN_MORE = re.compile(rf"[多余几](?:\s?{HAN_SCALE})?")  # 50多万, 100多家
_HAN_GROWS = re.compile(r"(?:提[高升]|增[加长]|上[升涨]|快|高|多|涨|升)了?$")

# Wide forms, hard spaces, marks of writing direction, and signs between Arabic digits.
_PLAIN = {
    **dict(zip("．，％／－٪٬", ".,%/-%'", strict=True)),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200e\u200f\u061c", " "),
}
_ARABIC_DECIMAL = "٫"
_GROUPS = ".,' "  # that digits.py reads


def figures(text: str, language: str) -> list[Figure]:
    """Return the figures of a text, in order; none where the language is not known.

    >>> [(f.kind, f.value, f.hedge) for f in figures("Fino a 4,4 volte, in 40 giorni", "it")]
    [('multiple', 4.4, 'most'), ('duration', 3456000.0, None)]
    """
    lexicon = lexicon_for(language)
    if lexicon is None:
        return []
    plain = text.translate(_plain_characters(lexicon.locale.decimal, lexicon.locale.group))
    found = list(dates(plain, lexicon))
    taken = [(figure.start, figure.end) for figure in found]
    for number in numbers(plain, lexicon):
        if not any(number.start < end and start < number.end for start, end in taken):
            figure = _figure(plain, number, lexicon)
            if figure is not None:
                found.append(figure)
                taken.append((number.start, figure.end))
    return sorted(found, key=lambda figure: figure.start)


class _Characters(dict[int, int]):
    """Characters as the patterns here expect them, one for one, so that offsets stay."""

    def __missing__(self, code: int) -> int:
        digit = unicodedata.decimal(chr(code), None)
        self[code] = code if digit is None else ord(str(digit))
        return self[code]


@cache
def _plain_characters(decimal: str, group: str) -> _Characters:
    plain = {**_PLAIN, _ARABIC_DECIMAL: decimal}
    if group not in _GROUPS:
        plain.setdefault(group, "'")
    return _Characters({ord(character): ord(own) for character, own in plain.items()})


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a number measures, and the span of both in the text."""

    measure: Measure
    start: int
    end: int


def _figure(text: str, number: Number, lexicon: Lexicon) -> Figure | None:
    """Return the figure that a number is part of, or None if it is part of a name."""
    end, factor = number.end, 1.0
    more = _HAN_MORE.match(text, end) if lexicon.is_chinese else None
    span = None if number.kind or more else between(text, number, lexicon)
    if more:
        end, factor = more.end(), han_size(more["scale"] or "")
    elif span:
        end = span.end
    measured = _measured(text, number, end, lexicon)
    if measured is None:
        return None
    measure = measured.measure
    factor *= measure.factor
    hedge: Hedge | None = None
    value: float | None = None
    if span:
        hedge, low, high = "between", span.low, span.high
    elif number.vague:
        hedge, (low, high) = "vague", number.ranges[0]
    else:
        value, (low, high) = number.value * factor, _range(number, measure.kind)
        if measure.kind == "multiple" and lexicon.is_chinese and _grows(text, measured.start):
            # 提高4倍 may mean four times as much, or four times more.
            high = (number.value + 1) * 1.02
    figure = Figure(
        measure.kind,
        measure.unit,
        value,
        ((low * factor, high * factor),),
        hedge,
        measured.start,
        measured.end,
        is_open=bool(number.ranges) and hedge is None,
    )
    if hedge:
        return figure
    return weakened(figure, "above") if more else hedged(text, figure, lexicon)


def _measured(text: str, number: Number, end: int, lexicon: Lexicon) -> _Measured | None:
    """Return what a number that ends here measures, or None if it is part of a name."""
    start = number.start
    if number.kind:
        return _Measured(Measure(number.kind, "", 1.0), start, end)
    after, before = unit_after(text, end, lexicon), unit_before(text, start, lexicon)
    if before and (before[0].kind == "money" or after is None):
        if after and after[0].kind == "money":  # "US$ 40 dollars"
            end = after[1]
        return _Measured(before[0], before[1], end)
    if after:
        return _Measured(after[0], start, after[1])
    if number.bare and is_name_part(text, start, end, lexicon):
        return None
    thing, end = counted(text, start, end, lexicon, vague=number.vague)
    kind = "count" if lexicon.is_rich or is_class(thing) else "number"
    return _Measured(Measure(kind, thing, 1.0), start, end)


def _range(number: Number, kind: str) -> Range:
    """Return between which values the true one may lie."""
    if number.ranges:
        return number.ranges[0]
    half = number.half
    if kind == "percent":
        half = ROUND_PERCENT if number.value % 10 == 0 else min(half, 0.5)
    return number.value - half * _OPEN, number.value + half * _OPEN


def _grows(text: str, start: int) -> bool:
    return _HAN_GROWS.search(text, max(0, start - 8), start) is not None

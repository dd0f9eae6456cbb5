"""Reads the figures of a text: its dates, then its numbers with what they measure."""

import re
import unicodedata
from dataclasses import dataclass

from index.language.figures.between import between
from index.language.figures.dates import dates
from index.language.figures.figure import Figure, Hedge, Range
from index.language.figures.hedges import hedged, weakened
from index.language.figures.lexicon import Lexicon, can_read, lexicon
from index.language.figures.magnitude import han_size
from index.language.figures.number import ROUND_PERCENT, Number
from index.language.figures.numbers import numbers
from index.language.figures.things import counted, is_class, is_name_part
from index.language.figures.units import currency_before, unit_after

_OPEN = 1 - 1e-6  # so that 144 and 145, both whole, do not meet half-way
_HAN_MORE = re.compile(r"[多余几](?:\s?(?P<scale>[百千万亿]+))?")  # 50多万, 100多家
_HAN_GROWS = re.compile(r"(?:提[高升]|增[加长]|上[升涨]|快|高|多|涨|升)了?$")

# Full-width forms, hard spaces and Arabic separators, one character for one, so that offsets stay.
_PLAIN = str.maketrans("．，％／－\u00a0\u202f\u2009٬٫", ".,%/-   ,.")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of another script


def figures(text: str, language: str) -> list[Figure]:
    """Return the figures of a text, in order; none in a language that is not known.

    >>> [(f.kind, f.value, f.hedge) for f in figures("Up to 4,4 volte, in 40 giorni", "it")]
    [('multiple', 4.4, None), ('duration', 3456000.0, None)]
    """
    if not can_read(language):
        return []
    words = lexicon(language)
    plain = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text.translate(_PLAIN))
    found = list(dates(plain, words))
    taken = [(figure.start, figure.end) for figure in found]
    for number in numbers(plain, words):
        if not any(number.start < end and start < number.end for start, end in taken):
            figure = _figure(plain, number, words)
            if figure is not None:
                found.append(figure)
                taken.append((number.start, figure.end))
    return sorted(found, key=lambda figure: figure.start)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a number measures, and where the two together stand in the text."""

    kind: str
    unit: str
    factor: float  # from the number to its value in the unit
    start: int
    end: int


def _figure(text: str, number: Number, words: Lexicon) -> Figure | None:
    """Return the figure that a number is part of, or None if it is part of a name."""
    end, factor = number.end, 1.0
    more = _HAN_MORE.match(text, end) if words.chinese else None
    span = None if number.kind or more else between(text, number, words)
    if more:
        end, factor = more.end(), han_size(more["scale"] or "")
    elif span:
        end = span.end
    measure = _measure(text, number, end, words)
    if measure is None:
        return None
    factor *= measure.factor
    hedge: Hedge | None = None
    value: float | None = None
    if span:
        hedge, low, high = "between", span.low, span.high
    elif number.vague:
        hedge, (low, high) = "vague", number.ranges[0]
    else:
        value, (low, high) = number.value * factor, _range(number, measure.kind)
        if measure.kind == "multiple" and words.chinese and _grows(text, measure.start):
            # 提高4倍 is said both of four times as much and of four times more.
            high = (number.value + 1) * 1.02
    ranges = ((low * factor, high * factor),)
    figure = Figure(measure.kind, measure.unit, value, ranges, hedge, measure.start, measure.end)
    if hedge:
        return figure
    return weakened(figure, "above") if more else hedged(text, figure, words)


def _measure(text: str, number: Number, end: int, words: Lexicon) -> _Measure | None:
    """Return what a number that ends here measures, or None if it is part of a name."""
    if number.kind:
        return _Measure(number.kind, "", 1.0, number.start, end)
    measured = unit_after(text, end, words)
    currency = currency_before(text, number.start, words)
    if currency:
        code, start = currency
        if measured and measured[0].kind == "money":  # US$ 40 dollars
            end = measured[1]
        return _Measure("money", code, 1.0, start, end)
    if measured:
        unit, end = measured
        return _Measure(unit.kind, unit.name, unit.factor, number.start, end)
    if number.bare and is_name_part(text, number.start, end, words):
        return None
    if not words.is_own and text[: number.start].endswith("%"):  # as Turkish writes it
        return _Measure("percent", "", 1.0, number.start - 1, end)
    thing, end = counted(text, number.start, end, words, vague=number.vague)
    kind = "count" if words.is_own or is_class(thing) else "number"
    return _Measure(kind, thing, 1.0, number.start, end)


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

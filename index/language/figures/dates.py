"""The dates of a text, as ranges of year, month and day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import inf

from index.language.figures.date_patterns import date_patterns
from index.language.figures.figure import ANY, Figure, Range
from index.language.figures.hedges import HEDGE_REACH
from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.things import is_counted_at, is_name_part
from index.language.figures.units import unit_after

_OLD = tuple(f"1{century}" for century in range(9))  # years that could as well be a number
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DIGITS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN = [tens + digit for tens in ("", "X", "XX") for digit in ("", *_DIGITS)]
_HAN_MONTHS = ["", *"一二三四五六七八九十", "十一", "十二"]
_HAN_BEFORE = re.compile(r"(?:年底)?(?:之前|以前|前)")
_HAN_AFTER = re.compile(r"(?:年底)?(?:之后|以后|后)")


def dates(text: str, words: Lexicon) -> Iterator[Figure]:
    """Yield the dates of a text; of two that overlap, the more complete one counts."""
    taken: list[tuple[int, int]] = []
    for pattern in date_patterns(words):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            parts = {name: part for name, part in match.groupdict().items() if part}
            if "lead" in parts:
                start = match.end("lead") + 1
            if parts.keys() <= {"year", "lead"} and _is_other_number(text, start, end, words):
                continue
            is_old = parts.get("year", "2").startswith(_OLD)  # "In May 1500 people came"
            if is_old and _is_other_number(text, *match.span("year"), words):
                continue
            ranges = _ranges(parts)
            if ranges is not None:
                taken.append((start, end))
                yield _hedged(text, Figure("date", "", None, ranges, None, start, end), words)


def _is_other_number(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Whether what could be a year is a number of something, or part of a name."""
    return not words.chinese and (
        unit_after(text, end, words) is not None
        or is_name_part(text, start, end, words)
        or is_counted_at(text, end)
        or magnitude(text, end, words)[1] > 1
    )


def _ranges(parts: Mapping[str, str]) -> tuple[Range, ...] | None:
    """Return the ranges of year, month and day, or None if there is no such day."""
    year, month, day = ANY, ANY, ANY
    if "year" in parts:
        year = _exactly(parts["year"])
    elif "decade" in parts:
        year = _run(10 * int(parts["decade"]), 10)
    elif "tens" in parts:
        year = _run(1900 + 10 * int(parts["tens"]), 10)
    elif century := _century(parts):
        year = _run(100 * (century - 1) + 1, 100)
    if "quarter" in parts:
        month = _run(3 * _QUARTERS[parts["quarter"]] - 2, 3)
    elif quarter := _numbered(parts, "q"):
        month = _run(3 * quarter - 2, 3)
    elif half := _numbered(parts, "h"):
        month = _run(6 * half - 5, 6)
    elif named := _numbered(parts, "m"):
        month = _exactly(named)
    elif "month" in parts:
        month = _exactly(parts["month"])
    elif "written" in parts:
        month = _exactly(_HAN_MONTHS.index(parts["written"]))
    if "day" in parts:
        day = _exactly(parts["day"])
        if not 1 <= day[0] <= 31:
            return None
    return year, month, day


def _century(parts: Mapping[str, str]) -> int:
    """Return the number of the century that is named, or 0."""
    if "century" in parts:
        return int(parts["century"])
    roman = (parts.get("roman") or parts.get("siglo") or "").upper()
    return _ROMAN.index(roman) if roman in _ROMAN else 0


def _exactly(number: str | int) -> Range:
    return float(number), float(number)


def _run(first: int, length: int) -> Range:
    return first, first + length - 1


def _numbered(parts: Mapping[str, str], letter: str) -> int | None:
    """Return the number of the group that matched, of those named by a letter and a number."""
    return next((number for number in range(1, 13) if f"{letter}{number}" in parts), None)


def _hedged(text: str, figure: Figure, words: Lexicon) -> Figure:
    """Return the date with the values left by "before" or "after": of years, else anything."""
    if words.chinese:
        before = _HAN_BEFORE.match(text, figure.end)
        after = _HAN_AFTER.match(text, figure.end)
    else:
        lead = text[max(0, figure.start - HEDGE_REACH) : figure.start]
        before = re.search(rf"\b(?:{words.date_before})\s+(?:the |il |el )?$", lead, re.I)
        after = re.search(rf"\b(?:{words.date_after})\s+(?:the |il |el )?$", lead, re.I)
    if not before and not after:
        return figure
    year, month, _ = figure.ranges
    if month != ANY:
        year = ANY
    year = (-inf, year[1]) if before else (year[0], inf)
    return replace(figure, ranges=(year, ANY, ANY), hedge="most" if before else "least")

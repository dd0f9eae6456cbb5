"""The dates of a text, as ranges of year, month and day."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import inf

from index.language.figures.date_patterns import GAP, date_patterns
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
_MONTHS_MOST, _DAYS_MOST = 12, 31


def dates(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """Yield the dates of a text; of two that overlap, the more complete one counts."""
    taken: list[tuple[int, int]] = []
    for pattern in date_patterns(lexicon):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            parts = {name: part for name, part in match.groupdict().items() if part}
            if "lead" in parts:
                start = match.end("lead")
            is_bare_year = parts.keys() <= {"year", "lead"} and match.end("year") == end
            if is_bare_year and _is_other_number(text, start, end, lexicon):
                continue
            is_old = parts.get("year", "2").startswith(_OLD)  # "In May 1500 people came"
            if is_old and _is_other_number(text, *match.span("year"), lexicon):
                continue
            ranges = _ranges(parts, lexicon)
            if ranges is not None:
                taken.append((start, end))
                yield _hedged(text, Figure("date", "", None, ranges, None, start, end), lexicon)


def _is_other_number(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what could be a year is a number of something, or part of a name."""
    return not lexicon.is_chinese and (
        unit_after(text, end, lexicon) is not None
        or is_name_part(text, start, end, lexicon)
        or is_counted_at(text, end)
        or magnitude(text, end, lexicon).factor > 1
    )


def _ranges(parts: Mapping[str, str], lexicon: Lexicon) -> tuple[Range, ...] | None:
    """Return the ranges of year, month and day, or None if there is no such day."""
    if "first" in parts:
        month, day = _month_and_day(parts, lexicon)
    else:
        month, day = _month(parts), _exactly(parts["day"]) if "day" in parts else ANY
    if not _is_within(month, _MONTHS_MOST) or not _is_within(day, _DAYS_MOST):
        return None
    return _year(parts), month, day


def _is_within(part: Range, most: int) -> bool:
    return part == ANY or (part[0] >= 1 and part[1] <= most)


def _month_and_day(parts: Mapping[str, str], lexicon: Lexicon) -> tuple[Range, Range]:
    """Return the ranges of month and day of a date in digits: 5/6/2025.

    Both are left open where the order is not the same in all regions of the language. Between full
    stops the day is always first.
    """
    first, second = int(parts["first"]), int(parts["second"])
    order = "day" if parts["sign"] == "." else lexicon.locale.first_in_dates
    if max(first, second) > _MONTHS_MOST:
        order = "day" if first > second else "month"
    if order is None:
        either = (float(min(first, second)), float(max(first, second)))
        return either, either
    day, month = (first, second) if order == "day" else (second, first)
    return _exactly(month), _exactly(day)


def _year(parts: Mapping[str, str]) -> Range:
    if "year" in parts:
        return _exactly(parts["year"])
    if "decade" in parts:
        return _run(10 * int(parts["decade"]), 10)
    if "tens" in parts:
        return _run(1900 + 10 * int(parts["tens"]), 10)
    century = _century(parts)
    return _run(100 * (century - 1) + 1, 100) if century else ANY


def _month(parts: Mapping[str, str]) -> Range:
    """Return the range of months, of a month, a quarter or a half-year."""
    quarter = _QUARTERS[parts["quarter"]] if "quarter" in parts else _numbered(parts, "q")
    if quarter:
        return _run(3 * quarter - 2, 3)
    if half := _numbered(parts, "h"):
        return _run(6 * half - 5, 6)
    if named := _numbered(parts, "m"):
        return _exactly(named)
    if "month" in parts:
        return _exactly(parts["month"])
    return _exactly(_HAN_MONTHS.index(parts["written"])) if "written" in parts else ANY


def _century(parts: Mapping[str, str]) -> int:
    """Return the number of the century that is stated, or 0."""
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


def _hedged(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """Return the date with the values left by "before" or "after": of years, else anything."""
    if lexicon.is_chinese:
        before = _HAN_BEFORE.match(text, figure.end)
        after = _HAN_AFTER.match(text, figure.end)
    elif lexicon.is_rich:
        lead = text[max(0, figure.start - HEDGE_REACH) : figure.start]
        before = re.search(rf"\b(?:{lexicon.date_before}){GAP}(?:the |il |el )?$", lead, re.I)
        after = re.search(rf"\b(?:{lexicon.date_after}){GAP}(?:the |il |el )?$", lead, re.I)
    else:
        return figure
    if not before and not after:
        return figure
    year, month, _ = figure.ranges
    if month != ANY:
        year = ANY
    year = (-inf, year[1]) if before else (year[0], inf)
    return replace(figure, ranges=(year, ANY, ANY), hedge="most" if before else "least")

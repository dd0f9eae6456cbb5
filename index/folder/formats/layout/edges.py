"""Heads, feet and page numbers, which many pages have in common."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.folder.formats.layout.lines import Line

_DIGITS = re.compile(r"\d{1,6}")
_EDGE = 2  # lines at the top and the bottom of a page that other pages may repeat
_REPEATED = 3  # such a line is not part of the text if so many pages have it
_SHARE = 0.4  # and so many of all: a left page may have another head than a right one
_SAME_PLACE = 2.0  # points
_CELLS = 3  # of a line that heads a table, which may stand on every page
_WIDE = 0.75  # of the letters' size: so far apart are cells


def without_edges(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the lines of each page, without the heads, feet and numbers that many pages have."""
    edges = [[_edge(lines, i) for i in range(len(lines))] for lines in pages]
    counts: Counter[str] = Counter()
    for page, (lines, is_edge) in enumerate(zip(pages, edges, strict=True)):
        found = (line for line, at in zip(lines, is_edge, strict=True) if at)
        counts.update({key for line in found for key in _keys(line.text, page)})
    enough = max(_REPEATED, _SHARE * len(pages))
    repeated = {key for key, count in counts.items() if count >= enough}
    if len(pages) == 2:
        return _of_two(pages[0], pages[1], {key for key, count in counts.items() if count == 2})
    kept = [
        [
            line
            for line, at in zip(lines, is_edge, strict=True)
            if not at or repeated.isdisjoint(_keys(line.text, page))
        ]
        for page, (lines, is_edge) in enumerate(zip(pages, edges, strict=True))
    ]
    return kept if any(kept) else list(pages)  # pages of nothing else say that


def _of_two(first: list[Line], second: list[Line], shared: set[str]) -> list[list[Line]]:
    """Return the lines of two pages: what only counts them is left out, a head stays on the first.

    Two pages may begin alike by chance, so that a head has to stand in the same place.
    """
    places = {(line.text, round(line.base / _SAME_PLACE)) for line in first}
    numbers = {key for key in shared if "#" in key}
    kept = [
        [
            line
            for i, line in enumerate(lines)
            if not _edge(lines, i)
            or (
                numbers.isdisjoint(_keys(line.text, page))
                and not (page and (line.text, round(line.base / _SAME_PLACE)) in places)
            )
        ]
        for page, lines in enumerate((first, second))
    ]
    return kept if any(kept) else [first, second]


def _edge(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands at the top or the bottom of its page and heads no table."""
    if _EDGE <= i < len(lines) - _EDGE:
        return False
    following = lines[i + 1 : i + 2]
    return not (following and min(_cells(lines[i]), _cells(following[0])) >= _CELLS)


def _cells(line: Line) -> int:
    return 1 + sum(
        after.box.left - before.box.right >= _WIDE * line.size
        for before, after in pairwise(line.words)
    )


def _keys(text: str, page: int) -> set[str]:
    """Return a line as it is, and with one or all of its numbers less that of the page.

    A line is the same on two pages if one of these is: "Page 3 of 9" counts pages by its first
    number.
    """
    numbers = list(_DIGITS.finditer(text))
    keys = {text, _DIGITS.sub(lambda digits: f"#{int(digits[0]) - page}", text)}
    for number in numbers:
        relative = f"#{int(number[0]) - page}"
        keys.add(text[: number.start()] + relative + text[number.end() :])
    return keys

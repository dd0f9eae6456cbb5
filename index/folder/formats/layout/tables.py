"""Tables: the cells between drawn lines, or columns of words that stand apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.folder.formats.layout.boxes import Box
from index.folder.formats.layout.lines import Line, lines
from index.folder.formats.layout.words import Word

Cells = tuple[str, ...]

_NEAR = 2.5  # points: lines that are no farther apart are one, or meet
_TALL = 4.0  # points: what is lower is no row, but a line drawn twice
_GAP = 0.4  # of the letters' size: the names of two columns are no closer
_INNER = 0.8  # of a gap between names: the spaces within them are no wider
_RULES = 4_000  # drawn on a page, at most: with more it is a drawing
_BANDS = 4  # lines above, below and under the head: with more, each row has its own
_COLUMNS, _ROWS = 60, 2_000  # at most: more is a drawing
_DIGIT = re.compile(r"\d")
_NAMED_COLUMNS = 3  # with so many, words in the first row name them
_FULL = 0.6  # of a table's rows have more than one cell that is filled


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table and where its columns stand."""

    rows: tuple[Cells, ...]
    columns: tuple[tuple[float, float], ...]  # left and right of each
    has_head: bool  # the first row names the columns

    @property
    def has_figures(self) -> bool:
        """Whether some column has figures below its head."""
        return bool(_figures(self.rows[1:]))

    def goes_on_in(self, other: "Table") -> bool:
        """Whether this table goes on in another, at the top of the next page."""
        is_other = other.has_head and other.rows[0] != self.rows[0] and _figures(other.rows[1:])
        return (
            not is_other
            and len(self.columns) == len(other.columns)
            and all(
                min(abs(left - other_left), abs(right - other_right)) <= 4 * _NEAR
                for (left, right), (other_left, other_right) in zip(
                    self.columns, other.columns, strict=True
                )
            )
        )

    def with_head(self, line: Line) -> "Table | None":
        """Return this table with the line above it as its head; None if it does not fit."""
        count = len(self.columns)
        gaps = sorted(
            ((after.box.left - before.box.right, i + 1)
             for i, (before, after) in enumerate(pairwise(line.words))), reverse=True
        )  # fmt: skip
        if self.has_head or len(gaps) < count - 1 or gaps[count - 2][0] < _GAP * line.size:
            return None
        if len(gaps) >= count and gaps[count - 1][0] > _INNER * gaps[count - 2][0]:
            return None
        stops = [0, *sorted(i for _, i in gaps[: count - 1]), len(line.words)]
        cells = [Line(line.words[start:end]) for start, end in pairwise(stops)]
        for cell, (left, right) in zip(cells, self.columns, strict=True):
            if cell.box.right < left or cell.box.left > right:
                return None
        head = tuple(cell.text for cell in cells)
        return replace(self, rows=(head, *self.rows), has_head=True)


def has_head(rows: Sequence[Cells]) -> bool:
    """Whether the first row names the columns: it has no figures where others have them."""
    first = rows[0]
    of_figures = _figures(rows[1:])
    if not of_figures:
        return len(first) >= _NAMED_COLUMNS and all(first)
    return not any(_is_figure(first[i]) for i in of_figures) and any(first)


def _figures(rows: Sequence[Cells]) -> list[int]:
    """Return the columns in which most cells have figures."""
    columns = range(len(rows[0]) if rows else 0)
    return [
        i for i in columns if 2 * sum(_DIGIT.search(row[i]) is not None for row in rows) > len(rows)
    ]


def _is_figure(cell: str) -> bool:
    """Whether a cell has more digits than letters."""
    digits = sum(map(str.isdigit, cell))
    return digits > 0 and digits >= sum(map(str.isalpha, cell))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that lines are drawn around."""

    box: Box
    table: Table


def grids(words: Sequence[Word], rules: Sequence[Box]) -> tuple[list[Grid], list[Word]]:
    """Return the tables that lines are drawn around, and the words outside of them."""
    found: list[Grid] = []
    left = list(words)
    merged = _merged(rules)
    for group in _meeting(merged) if len(merged) <= _RULES else []:
        box = group[0]
        for rule in group:
            box = box.with_(rule)
        inside = [word for word in left if box.holds(word.box.middle)]
        table = _table_within(group, box, inside)
        if table is not None:
            found.append(Grid(box, table))
            taken = set(map(id, inside))
            left = [word for word in left if id(word) not in taken]
    return found, left


def _merged(rules: Sequence[Box]) -> list[Box]:
    """Return lines of which those that lie on each other, or go on in each other, are one."""
    merged: list[Box] = []
    for is_flat in (True, False):
        straight = sorted(
            (rule for rule in rules if (rule.width >= rule.height) == is_flat),
            key=lambda r: (round(r.top), r.left) if is_flat else (round(r.left), r.top),
        )
        for rule in straight:
            last = merged[-1] if merged else None
            if last is not None and (last.width >= last.height) == is_flat:
                if is_flat:
                    is_one = abs(rule.top - last.top) <= _NEAR and rule.left <= last.right + _NEAR
                else:
                    is_one = abs(rule.left - last.left) <= _NEAR and rule.top <= last.bottom + _NEAR
                if is_one:
                    merged[-1] = last.with_(rule)
                    continue
            merged.append(rule)
    return merged


def _meeting(rules: Sequence[Box]) -> list[list[Box]]:
    """Return the groups of lines that meet or cross."""
    flat = [rule for rule in rules if rule.width >= rule.height]
    upright = [rule for rule in rules if rule.width < rule.height]
    group_of = list(range(len(flat) + len(upright)))

    def root(i: int) -> int:
        while group_of[i] != i:
            group_of[i] = group_of[group_of[i]]
            i = group_of[i]
        return i

    for i, one in enumerate(flat):
        for j, other in enumerate(upright, start=len(flat)):
            if (
                one.left - _NEAR <= other.right
                and other.left <= one.right + _NEAR
                and other.top - _NEAR <= one.bottom
                and one.top <= other.bottom + _NEAR
            ):
                group_of[root(i)] = root(j)
    groups: dict[int, list[Box]] = {}
    for i, rule in enumerate([*flat, *upright]):
        groups.setdefault(root(i), []).append(rule)
    return [group for group in groups.values() if len(group) > 2]


def _table_within(rules: Sequence[Box], box: Box, words: Sequence[Word]) -> Table | None:
    """Return the table that lines form; None if they form none."""
    flat = [rule for rule in rules if rule.width >= rule.height]
    upright = [rule for rule in rules if rule.width < rule.height]
    ys = _stops([rule.middle[1] for rule in flat] + [box.top, box.bottom])
    xs = _stops([rule.middle[0] for rule in upright] + [box.left, box.right])
    if not 3 <= len(xs) <= _COLUMNS or not 3 <= len(ys) <= _ROWS or not words:
        return None
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        x, y = word.box.middle
        row = max(i for i, top in enumerate(ys[:-1]) if i == 0 or top <= y)
        column = max(i for i, left in enumerate(xs[:-1]) if i == 0 or left <= x)
        while column > 0 and not _is_bounded(upright, xs[column], ys[row], ys[row + 1]):
            column -= 1  # no line is drawn here: the cell goes over several columns
        while row > 0 and not _is_bounded_above(flat, ys[row], xs[column], xs[column + 1]):
            row -= 1
        cells.setdefault((row, column), []).append(word)
    laid = {place: lines(held) for place, held in cells.items()}
    rows: list[Cells] = []
    for row in range(len(ys) - 1):
        band = [laid.get((row, column), []) for column in range(len(xs) - 1)]
        rows += _rows_between(band, are_bounded=len(ys) > _BANDS)
    rows = [row for row in rows if any(row)]
    filled = [i for i in range(len(xs) - 1) if any(row[i] for row in rows)]
    if len(rows) < 2 or len(filled) < 2:
        return None
    rows = [tuple(row[i] for i in filled) for row in rows]
    columns = tuple((xs[i], xs[i + 1]) for i in filled)
    return Table(tuple(rows), columns, has_head(rows))


def _rows_between(band: Sequence[Sequence[Line]], *, are_bounded: bool) -> list[Cells]:
    """Return the row between two lines, or the rows if the table has no lines between rows."""
    counts = {len(cell) for cell in band if cell}
    first = next((cell for cell in band if cell), [])
    if (
        are_bounded
        or len(counts) != 1
        or sum(map(bool, band)) < 2
        or any(
            abs(line.base - other.base) > line.size / 3
            for cell in band
            for line, other in zip(cell, first, strict=False)
        )
    ):
        return [tuple("\n".join(line.text for line in cell) for cell in band)]
    return [tuple(cell[i].text if cell else "" for cell in band) for i in range(len(first))]


def _stops(places: Sequence[float]) -> list[float]:
    """Return places in order, of those that are almost the same one."""
    stops: list[float] = []
    for place in sorted(places):
        if not stops or place - stops[-1] > _TALL:
            stops.append(place)
    return stops


def _is_bounded(upright: Sequence[Box], x: float, top: float, bottom: float) -> bool:
    middle = (top + bottom) / 2
    return any(abs(r.middle[0] - x) <= _TALL and r.top <= middle <= r.bottom for r in upright)


def _is_bounded_above(flat: Sequence[Box], y: float, left: float, right: float) -> bool:
    middle = (left + right) / 2
    return any(abs(r.middle[1] - y) <= _TALL and r.left <= middle <= r.right for r in flat)


def table_of(
    rows: Sequence[Line], gutters: Sequence[tuple[float, float]], size: float
) -> Table | None:
    """Return the table in lines that have these empty columns in common; None if it is none."""
    columns = [_in_column(rows, left, right) for left, right in _between(gutters)]
    cells = [tuple(_text(columns[c][r]) for c in range(len(columns))) for r in range(len(rows))]
    merged = _rows_of_several_lines(rows, cells, size)
    if len(merged) < 2 or sum(sum(map(bool, row)) > 1 for row in merged) < _FULL * len(merged):
        return None
    extents = tuple(
        (
            min(word.box.left for words in column for word in words),
            max(word.box.right for words in column for word in words),
        )
        for column in columns
    )
    return Table(tuple(merged), extents, has_head(merged))


def _between(gutters: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    middles = [(left + right) / 2 for left, right in gutters]
    return list(pairwise([float("-inf"), *middles, float("inf")]))


def _in_column(rows: Sequence[Line], left: float, right: float) -> list[list[Word]]:
    return [[w for w in row.words if left <= w.box.middle[0] < right] for row in rows]


def _text(words: Sequence[Word]) -> str:
    return Line(tuple(words)).text if words else ""


def _rows_of_several_lines(
    rows: Sequence[Line], cells: Sequence[Cells], size: float
) -> list[Cells]:
    """Join lines that stand closer together than the rows do, if each row then has one label."""
    gaps = [below.base - above.base for above, below in pairwise(rows)]
    groups: list[list[Cells]] = [[cells[0]]]
    middle = (min(gaps) + max(gaps)) / 2 if gaps else 0.0
    is_spread = bool(gaps) and max(gaps) > 1.3 * min(gaps) + size / 10
    for gap, row in zip(gaps, cells[1:], strict=True):
        if is_spread and gap < middle:
            groups[-1].append(row)
        else:
            groups.append([row])
    if any(sum(bool(row[0]) for row in group) > 1 for group in groups):
        return list(cells)
    return [
        tuple("\n".join(filter(None, column)) for column in zip(*group, strict=True))
        for group in groups
    ]

"""The reading order of a page: columns one after the other, tables as a whole."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.folder.formats.layout.lines import Line
from index.folder.formats.layout.tables import Grid, Table, table_of
from index.folder.formats.layout.words import Word
from index.language.scripts import is_wide

Gutter = tuple[float, float]
Part = list[Line] | Table
"""Lines of one column, or a table."""

MARKER = re.compile(r"[-*•▪◦‣●∙·–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\]|#?\d{1,3}[.:]")
"""What may stand before an item of a list, or a note."""

_NARROW = 0.5  # of the letters' size: an empty column is no narrower
_WIDE = 0.75  # of it: one that few lines share is wider
_SURE = 2.0  # of it: columns of text that far apart are no spaces between words
_SHARED = 6  # lines: that is more than a few
_SPACES = 2.0  # of the spaces between words: nor is it
_FEW = 3  # lines: an empty column that fewer share happened, unless they stand apart
_BEGINNING = 6  # lines: one column begins no more of them above another
_APART = 1.3  # of the distance between lines
_FAR = 2.5  # of the letters' size: no line of a column is so far below the one above it
_ALONE = 1.8  # of the letters' size: a line that far above others is none of them
_LARGER = 1.08  # of a line's letters: those of a heading
_DEPTH = 8  # of columns within columns
_PROSE_WORDS = 3  # of a line, in the middle
_PROSE_WIDTH = 0.55  # of its column that a line fills, in the middle
_FIGURES = 0.4  # of the characters of a line of text are figures, at most
_GOES_ON = 0.2  # of a text's lines begin within a sentence
_MANY = 8  # lines of so many words are text, and no table


def in_reading_order(rows: Sequence[Line], grids: Sequence[Grid]) -> Iterator[Part]:
    """Yield the parts of a page, of its lines and of the tables that lines are drawn around."""
    # A line of one empty word stands for a table.
    tables = [Line((Word("", grid.box, grid.box.height),)) for grid in grids]
    placed = sorted(
        [*rows, *tables], key=lambda row: row.base if row.words[0].text else row.box.top
    )
    yield from _in_order(placed, grids, 0)


def _in_order(rows: Sequence[Line], grids: Sequence[Grid], depth: int) -> Iterator[Part]:
    tables = {grid.box: grid.table for grid in grids}
    pending: list[Line] = []
    i = 0
    while i < len(rows):
        region, gutters = _region(rows, i) if depth < _DEPTH else (0, [])
        parts = list(_parts(rows[i:region], gutters, grids, depth)) if gutters else []
        if parts:
            if isinstance(parts[0], Table) and pending:
                headed = parts[0].with_head(pending[-1])
                if headed is not None:
                    parts[0] = headed
                    pending.pop()
            if pending:
                yield pending
                pending = []
            yield from parts
            i = region
            continue
        row = rows[i]
        i += 1
        if row.words[0].text:
            pending.append(row)
            continue
        if pending:
            yield pending
            pending = []
        yield tables[row.box]
    if pending:
        yield pending


def _region(rows: Sequence[Line], start: int) -> tuple[int, list[Gutter]]:
    """Return the end of the rows from `start` that have empty columns in common, and these."""
    end, gutters = start, list[Gutter]()
    if not _is_divided(rows[start : start + _BEGINNING]):
        return end, gutters
    free: list[Gutter] = [(float("-inf"), float("inf"))]
    left, right = float("inf"), float("-inf")
    for i in range(start, len(rows)):
        row = rows[i]
        left, right = min(left, row.box.left), max(right, row.box.right)
        free = _without(free, row)
        inner = [gap for gap in free if left <= gap[0] and gap[1] <= right]
        if gutters and (not inner or _is_crossed(rows[start : i + 1], gutters, inner)):
            break
        if inner:
            end, gutters = i + 1, inner
        elif i - start >= _BEGINNING:
            break
    if end - start > 1 and _stands_alone(rows[start], rows[start + 1], gutters):
        return start, []
    return _trimmed(rows, start, end, gutters), gutters


def _stands_alone(row: Line, following: Line, gutters: Sequence[Gutter]) -> bool:
    """Whether the first row is a heading above columns or a table."""
    is_apart = following.base - row.base > _ALONE * row.size
    return is_apart and len(_sides(row, gutters)) == 1


def _is_crossed(rows: Sequence[Line], before: Sequence[Gutter], after: Sequence[Gutter]) -> bool:
    """Whether the last row leaves nothing but spaces between words of wide columns.

    Or it stands far below, in the middle of the page.
    """
    was, left = (max(right - left for left, right in gaps) for gaps in (before, after))
    size = rows[-1].size
    if left < _WIDE * size and was >= 2 * _WIDE * size:
        return True
    is_below = rows[-1].base - rows[-2].base > _FAR * size
    return is_below and 2 * left < was


def _is_divided(rows: Sequence[Line]) -> bool:
    """Whether the first row has a wide gap, or a later one stands beside those before it."""
    if _has_gap(rows[0]):
        return True
    left, right = rows[0].box.left, rows[0].box.right
    for row in rows[1:]:
        if row.box.right < left or right < row.box.left:
            return True
        left, right = min(left, row.box.left), max(right, row.box.right)
    return False


def _trimmed(rows: Sequence[Line], start: int, end: int, gutters: Sequence[Gutter]) -> int:
    """Return the end of a region without the headings after it."""
    if not gutters:
        return end
    pitch = _pitch(rows[start:end])
    while end - start > 1 and len(_sides(rows[end - 1], gutters)) == 1:
        last, before = rows[end - 1], rows[end - 2]
        if last.base - before.base <= _APART * pitch and last.size <= _LARGER * before.size:
            break
        end -= 1
    return end


def _without(free: Sequence[Gutter], row: Line) -> list[Gutter]:
    """Return the parts of empty columns that are empty in another row, too."""
    taken = [(word.box.left, word.box.right) for word in row.words]
    least = _NARROW * (row.size if row.words[0].text else 1.0)
    kept: list[Gutter] = []
    for left, right in free:
        for word_left, word_right in taken:
            if word_left >= right:
                break
            if word_right <= left:
                continue
            if word_left - left >= least:
                kept.append((left, word_left))
            left = max(left, word_right)
        if right - left >= least:
            kept.append((left, right))
    return kept


def _sides(row: Line, gutters: Sequence[Gutter]) -> set[int]:
    """Return the numbers of the columns in which a row has words."""
    return {sum(gap[0] < word.box.middle[0] for gap in gutters) for word in row.words}


def _pitch(rows: Sequence[Line]) -> float:
    """Return the usual distance between lines."""
    gaps = [below.base - above.base for above, below in pairwise(rows)]
    return median(gaps) if gaps else 0.0


def _parts(
    rows: Sequence[Line], gutters: list[Gutter], grids: Sequence[Grid], depth: int
) -> Iterator[Part]:
    """Yield the columns or the tables in rows with empty columns in common; nothing if none."""
    if not _are_wide(rows, gutters):
        return
    for chosen in _choices(gutters):
        columns = _columns(rows, chosen)
        narrowest = min(right - left for left, right in chosen) / median(r.size for r in rows)
        is_many = len(rows) >= _SHARED and depth == 0
        if (is_many or narrowest >= _SURE) and all(map(_is_prose, columns)):
            for column in columns:
                yield from _in_order(column, grids, depth + 1)
            return
    if any(not row.words[0].text for row in rows):
        return
    found = list(_tables(rows))
    if any(isinstance(part, Table) for part in found):
        yield from found


def _are_wide(rows: Sequence[Line], gutters: Sequence[Gutter]) -> bool:
    """Whether empty columns are as wide as so many lines would not share by chance."""
    widest = max(right - left for left, right in gutters)
    least = _NARROW if len(rows) >= _SHARED else _WIDE
    return widest >= least * median(row.size for row in rows)


def _choices(gutters: Sequence[Gutter]) -> Iterator[list[Gutter]]:
    """Yield all empty columns, then the widest alone."""
    yield list(gutters)
    if len(gutters) > 1:
        yield [max(gutters, key=lambda gap: gap[1] - gap[0])]


def _columns(rows: Sequence[Line], gutters: Sequence[Gutter]) -> list[list[Line]]:
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        sides: dict[int, list[Word]] = {}
        for word in row.words:
            side = sum(gap[0] < word.box.middle[0] for gap in gutters)
            sides.setdefault(side, []).append(word)
        for side, words in sides.items():
            columns[side].append(Line(tuple(words)))
    return columns


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether lines are those of a text, not the cells of a table's column."""
    column = [line for line in column if line.words[0].text]
    if len(column) < _FEW:
        return False
    if median(map(_weight, column)) < _PROSE_WORDS:
        return False
    left = min(line.box.left for line in column)
    width = max(line.box.right for line in column) - left
    if median(line.box.width for line in column) < _PROSE_WIDTH * width:
        return False
    divided = [line for line in column if _has_gap(line)]
    if 2 * len(divided) > len(column) and _all_gutters(divided[1:]):
        return False  # the rows of a table
    if median(map(_figures, column)) > _FIGURES:
        return False
    going_on = sum(line.text[0].islower() or is_wide(line.text[0]) for line in column[1:])
    return len(column) >= _MANY or going_on >= _GOES_ON * (len(column) - 1)


def _has_gap(line: Line) -> bool:
    """Whether words of a line stand as far apart as columns do."""
    return any(
        after.box.left - before.box.right >= _NARROW * line.size
        for before, after in pairwise(line.words)
    )


def _figures(line: Line) -> float:
    """Return the share of a line's characters that are figures."""
    return sum(map(str.isdigit, line.text)) / len(line.text)


def _weight(line: Line) -> float:
    """Return how many words a line has; two Chinese characters count as one."""
    return len(line.words) + sum(map(is_wide, line.text)) / 2


def _tables(rows: Sequence[Line]) -> Iterator[Part]:
    """Yield the tables in rows, and the lines between them."""
    pending: list[Line] = []
    for run in _runs(rows):
        table = _table(run)
        if table is None:
            pending += run
            continue
        before, found, after = table
        pending += before
        if pending:
            yield pending
        yield found
        pending = after
    if pending:
        yield pending


def _runs(rows: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield rows in runs of letters of one size, with no wide space between them."""
    gaps = sorted(below.base - above.base for above, below in pairwise(rows))
    usual = gaps[len(gaps) * 3 // 4] if gaps else 0.0  # a cell of several lines has closer ones
    run: list[Line] = []
    for row in rows:
        if run:
            is_apart = row.base - run[-1].base > _APART * usual + row.size / 10
            if is_apart or max(row.size, run[-1].size) > _LARGER * min(row.size, run[-1].size):
                yield run
                run = []
        run.append(row)
    if run:
        yield run


def _table(run: list[Line]) -> tuple[list[Line], Table, list[Line]] | None:
    """Return a table, and the lines before and after it; None if there is none."""
    gutters = _all_gutters(run)
    if not gutters:
        return None
    first, last = 0, len(run)
    while last - first > 1 and len(_sides(run[first], gutters)) == 1:
        first += 1
    while last - first > 1 and len(_sides(run[last - 1], gutters)) == 1:
        last -= 1
    inner = run[first:last]
    gutters = _all_gutters(inner)
    if len(inner) < 2 or not gutters or not _are_wide(inner, gutters):
        return None
    if _is_list(inner, gutters) or _is_stretched(inner, gutters):
        return None
    table = table_of(inner, gutters, inner[0].size)
    if table is None or (_is_flush(inner) and not table.has_figures):
        return None
    return (run[:first], table, run[last:]) if len(inner) >= _FEW or table.has_figures else None


def _is_flush(rows: Sequence[Line]) -> bool:
    """Whether a few rows all fill the same width, as those of a text may that is set so."""
    lefts = [row.box.left for row in rows]
    rights = [row.box.right for row in rows]
    spread = max(max(lefts) - min(lefts), max(rights) - min(rights))
    return len(rows) < _SHARED and spread < _NARROW * rows[0].size


def _all_gutters(rows: Sequence[Line]) -> list[Gutter]:
    """Return the empty columns that all rows have in common."""
    free: list[Gutter] = [(float("-inf"), float("inf"))]
    for row in rows:
        free = _without(free, row)
    left = min(row.box.left for row in rows)
    right = max(row.box.right for row in rows)
    return [gap for gap in free if left <= gap[0] and gap[1] <= right]


def _is_list(rows: Sequence[Line], gutters: Sequence[Gutter]) -> bool:
    """Whether the first column has nothing but the marks of a list's items."""
    first = _columns(rows, gutters[:1])[0]
    return len(gutters) == 1 and all(MARKER.fullmatch(line.text) for line in first)


def _is_stretched(rows: Sequence[Line], gutters: Sequence[Gutter]) -> bool:
    """Whether the columns may be nothing but the wide spaces of lines that fill their width."""
    spaces = [
        after.box.left - before.box.right
        for row in rows
        for before, after in pairwise(row.words)
        if not any(before.box.right <= gap[0] and gap[1] <= after.box.left for gap in gutters)
    ]
    narrowest = min(right - left for left, right in gutters)
    return bool(spaces) and narrowest < _SPACES * median(spaces)

"""Rows of cells as tables of Markdown, for sheets, CSV files and JSON records."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from index.folder.formats.draft import Draft
from index.folder.formats.extracted import BREAK

# A row that is as long as a passage could not be found and quoted as one, and heads that are longer
# do not fit above it: such rows become lists of what each column says.
_LONG_ROW = 500
_LONG_HEADS = 200
_LONG_NAME = 100  # of a record: the first cell, if it is shorter
_YEAR = re.compile(r"(?:[^\W\d]\d\W?)?(?:1[89]|20|21)\d\d(?:\W\d{2,4})?")  # 2024, Q1 2024, 2024/25
_BAR = re.compile(r"(?<!\\)\|")


class Row(NamedTuple):
    """The cells of a row as they are shown, and where in the file it is."""

    cells: Sequence[str]
    place: str = ""


def add_grid(draft: Draft, rows: Sequence[Row], *, level: int = 2) -> None:
    """Add rows as tables, each below its head; lone cells above a table become paragraphs.

    An empty row may end a table: if what follows has a head of its own, it is another table. Names
    of records are headings of `level`.
    """
    table: list[Row] = []
    for is_filled, group in groupby(_in_width(rows), key=lambda row: any(row.cells)):
        if not is_filled:
            continue
        block = list(group)
        captions = _captions(block)
        block = block[len(captions) :]
        if table and (captions or _begins_with_head(block)):
            _add_found(draft, table, level)
            table = []
        for row in captions:
            draft.add(" ".join(filter(None, row.cells)), row.place)
        table += block
    _add_found(draft, table, level)


def _in_width(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows with their cells in one line each, all as wide."""
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row.cells]
        yield Row(cells + [""] * (width - len(cells)), row.place)


def _captions(block: Sequence[Row]) -> list[Row]:
    """Return the first rows that have a single cell, where others have more, or all of them."""
    captions = []
    for row in block:
        if sum(map(bool, row.cells)) > 1:
            break
        captions.append(row)
    return captions if len(block[0].cells) > 1 else []


def _begins_with_head(block: Sequence[Row]) -> bool:
    """Whether the first row names the columns of rows that have figures."""
    return (
        len(block) > 1
        and _is_head(block[0].cells)
        and any(cell and not _is_name(cell) for row in block[1:] for cell in row.cells)
    )


def _is_head(cells: Sequence[str]) -> bool:
    """Whether cells may name columns: words, or years beside them."""
    filled = list(filter(None, cells))
    names = [_is_name(cell) or _YEAR.fullmatch(cell) is not None for cell in filled]
    return all(names) and (_is_name(filled[0]) or not cells[0])


def _is_name(cell: str) -> bool:
    letters, digits = sum(map(str.isalpha, cell)), sum(map(str.isdigit, cell))
    return letters > digits


def add_table(draft: Draft, head: Row, rows: Sequence[Row], *, level: int = 2) -> None:
    """Add rows of the same width below the names of their columns, which may be empty."""
    is_long = rows and (
        median(sum(map(len, row.cells)) for row in rows) > _LONG_ROW
        or sum(map(len, head.cells)) > _LONG_HEADS
    )
    if is_long:
        for row in rows:
            _add_record(draft, row, head.cells, level)
        return
    draft.add(_line(head.cells), head.place)
    draft.add(f"|{' --- |' * len(head.cells)}", after="\n")
    for row in rows:
        draft.add(_line(row.cells), row.place, after="\n")


def _add_found(draft: Draft, table: Sequence[Row], level: int) -> None:
    """Add rows as a table without empty columns; the first row names them if it can."""
    if not table:
        return
    kept = [i for i in range(len(table[0].cells)) if any(row.cells[i] for row in table)]
    rows = [Row([row.cells[i] for i in kept], row.place) for row in table]
    if len(rows) > 1 and _is_head(rows[0].cells):
        add_table(draft, rows[0], rows[1:], level=level)
    else:
        add_table(draft, Row([""] * len(kept)), rows, level=level)


def _add_record(draft: Draft, row: Row, heads: Sequence[str], level: int) -> None:
    """Add a row as a list of what each column says, below its first cell if that is a name."""
    name = next(filter(None, row.cells), "")
    if len(name) <= _LONG_NAME:
        draft.add(f"{'#' * level} {name}", row.place)
    after = BREAK
    for head, cell in zip(heads, row.cells, strict=True):
        if cell:
            draft.add(f"- {head}: {cell}" if head else f"- {cell}", row.place, after=after)
            after = "\n"


def _line(cells: Sequence[str]) -> str:
    escaped = (_BAR.sub(r"\\|", cell) for cell in cells)
    return f"| {' | '.join(escaped)} |"

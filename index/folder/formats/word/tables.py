"""Tables as rows of cells: empty cells stay, and a cell that spans rows stands in each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from index.folder.formats.word.markup import W, find, is_on, nearest, number

_BAR = re.compile(r"(?<!\\)\|")
_NAMED_COLUMNS = 3  # the first row of so many names them, even if it does not say so
_MOST_COLUMNS = 100  # Word has 63 at most


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with a cell for each column; None where it is merged or there is none."""

    cells: tuple[Element | None, ...]
    says_head: bool  # that it names the columns
    continued: frozenset[int] = frozenset()  # columns in which the cell of the row above goes on

    @property
    def own(self) -> list[Element]:
        """The cells that begin in this row."""
        return [cell for cell in self.cells if cell is not None]

    @property
    def is_head(self) -> bool:
        """Whether it names the columns, if it is the first."""
        return self.says_head or len(self.own) >= _NAMED_COLUMNS


def rows(table: Element) -> list[Row]:
    """Return the rows of a table, without those of tables in its cells."""
    return list(_rows(table))


def _rows(table: Element) -> Iterator[Row]:
    begun: set[int] = set()  # columns with a cell that goes on below, if the next row says so
    for row in nearest(table, f"{W}tr"):
        cells: list[Element | None] = [None] * _count(number(row, "trPr", "gridBefore"), 0)
        merged: set[int] = set()
        continued: set[int] = set()
        for cell in nearest(row, f"{W}tc"):
            place, merge = len(cells), find(cell, "tcPr", "vMerge")
            goes_on = merge is not None and merge.get(f"{W}val") != "restart" and place in begun
            if merge is not None:
                merged.add(place)
            if goes_on:
                continued.add(place)
            span = _count(number(cell, "tcPr", "gridSpan"), 1)
            cells += [None if goes_on else cell, *[None] * (span - 1)]
        begun = merged
        says_head = is_on(find(row, "trPr", "tblHeader"))
        yield Row(tuple(cells), says_head=says_head, continued=frozenset(continued))


def _count(columns: int | None, default: int) -> int:
    return min(columns or default, _MOST_COLUMNS)


def as_markdown(texts: Sequence[Sequence[str]], *, has_head: bool) -> str:
    """Return rows of texts as a table of Markdown."""
    width = max(map(len, texts))
    lines = [
        [*(_BAR.sub(r"\\|", text) for text in row), *[""] * (width - len(row))] for row in texts
    ]
    first, *others = lines if has_head else [[""] * width, *lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in (first, ["---"] * width, *others))

"""Tables of HTML, before they become Markdown: each row with a cell for each column."""

import copy
from typing import Any

# If a table has so many columns and does not say where its head is, its first row names them.
_NAMED_COLUMNS = 3
_MOST_CELLS = 100_000  # of a table, when cells that span rows are written into each of them
_WIDEST = 1000  # columns that a cell spans, as browsers have it
_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")


def mend_table(table: Any, soup: Any) -> None:
    """Make a table one that Markdown can write.

    Its caption stands before it, its head is one row, and so is its first row if that seems to be
    one; a cell that spans rows stands in each. A table that only arranges a page is none.
    """
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [_cells(row) for row in rows]
    if _is_layout(table, sum(map(len, cells))):
        for part in table.find_all(_PARTS):
            if part.find_parent("table") is table:
                part.name = "div"
        table.name = "div"
        return
    caption = table.find("caption")
    if caption is not None:
        table.insert_before(caption.extract())
    _repeat_spanning(cells)
    heads = [row for row in rows if row.parent.name == "thead"]
    if heads:
        _join_heads(heads, soup)
    for foot in table.find_all("tfoot"):  # shown at the end, wherever it stands
        table.append(foot.extract())
    for group in table.find_all(["colgroup", "col"]):
        group.decompose()
    for group in table.find_all(["thead", "tbody", "tfoot"]):
        group.unwrap()
    for space in table.find_all(string=_is_space, recursive=False):
        space.extract()  # it would stand before the row behind it
    first = _cells(table.find("tr"))
    if len(first) >= _NAMED_COLUMNS and not table.find("th"):
        for cell in first:
            cell.name = "th"


def _is_space(text: str | None) -> bool:
    return text is not None and not text.strip()


def _cells(row: Any) -> list[Any]:
    return [] if row is None else list(row.find_all(["td", "th"], recursive=False))


def _join_heads(rows: list[Any], soup: Any) -> None:
    """Make one row of those of a head, so that each column is named by all that stand above it."""
    columns: dict[int, list[Any]] = {}  # the cells above each column
    for row in rows:
        column = 0
        for cell in _cells(row):
            for spanned in range(column, column + _span(cell, "colspan", _WIDEST)):
                above = columns.setdefault(spanned, [])
                if cell.get_text(" ", strip=True) not in (
                    each.get_text(" ", strip=True) for each in above
                ):
                    above.append(cell)
            column += _span(cell, "colspan", _WIDEST)
    head = soup.new_tag("tr")
    for _, above in sorted(columns.items()):
        name = soup.new_tag("th")
        for cell in above:
            for part in copy.copy(cell).contents[:]:
                name.append(part)
            name.append(" ")
        head.append(name)
    rows[0].insert_before(head)
    for row in rows:
        row.decompose()


def _is_layout(table: Any, count: int) -> bool:
    role = str(table.get("role") or "").lower()
    return role in ("presentation", "none") or count == 1 or table.find("table") is not None


def _repeat_spanning(rows: list[list[Any]]) -> None:
    """Write a cell that spans several rows into each of them, so that no column is shifted."""
    left: dict[int, tuple[int, Any]] = {}  # by column: in how many rows a cell still stands
    budget = _MOST_CELLS
    for number, row in enumerate(rows):
        column = 0
        before: Any = None
        for cell in [*row, None]:
            while column in left:
                count, spanning = left.pop(column)
                width = _span(spanning, "colspan", _WIDEST)
                repeated = copy.copy(spanning)
                budget -= 1
                if budget < 0:
                    return
                if cell is not None:
                    cell.insert_before(repeated)
                elif before is not None:
                    before.insert_after(repeated)
                before = repeated
                if count > 1:
                    left[-column - 1] = (count - 1, spanning)
                column += width
            if cell is None:
                break
            height = _span(cell, "rowspan", len(rows) - number)
            if height > 1:
                left[-column - 1] = (height - 1, cell)
            column += _span(cell, "colspan", _WIDEST)
            before = cell
        left = {-key - 1 if key < 0 else key: value for key, value in left.items()}


def _span(cell: Any, name: str, most: int) -> int:
    """Return how many rows or columns a cell spans; a height of 0 is for all rows that follow."""
    stated = str(cell.get(name) or "1")
    if not stated.isdecimal() or len(stated) > len("65534"):
        return 1
    return min(int(stated) or (most if name == "rowspan" else 1), max(most, 1))

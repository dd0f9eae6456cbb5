"""Spreadsheets, .xlsx: the cells of each sheet as they are shown, by openpyxl."""

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from index.folder.formats.archive import check_size
from index.folder.formats.draft import Draft
from index.folder.formats.extracted import Extracted, UnreadableError, one_line
from index.folder.formats.grid import Row, add_grid
from index.folder.formats.number_format import show

_NO_AUTHOR = "openpyxl"  # the library's own name, where the file states none
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_UNSAVED = re.compile(rb"(?:</f>|<f [^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_LOCKED = b"\xd0\xcf\x11\xe0"  # a file with a password is in an older kind of container


def load(data: bytes) -> Extracted:
    """Return the rows of all sheets that are shown, each sheet below its name.

    A formula is what it was worth when the file was saved.

    Raises:
        UnreadableError: it is damaged or locked, has no text, or unpacks to too much.
    """
    if data.startswith(_LOCKED):
        raise UnreadableError("is locked with a password, or an older .xls; save it anew.")
    check_size(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        draft = Draft()
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" and (rows := list(_rows(sheet))):
                draft.add(f"# {one_line(sheet.title)}")
                add_grid(draft, rows)
        problem = _unsaved(data)
    except (InvalidFileException, BadZipFile, LookupError, ValueError, TypeError, OSError):
        raise UnreadableError("is damaged, or no spreadsheet; save it anew.") from None
    if not draft.text:
        raise UnreadableError("has no cells with text.")
    title, author = one_line(book.properties.title), one_line(book.properties.creator)
    return Extracted(
        text=draft.text,
        places=draft.places,
        title=title,
        author=None if author == _NO_AUTHOR else author,
        problem=problem,
    )


def _rows(sheet: Any) -> Iterator[Row]:
    """Yield the rows that are shown, with the cells of the columns that are, and an empty gap."""
    merged = _merged(sheet)
    # Of the cells that the file has: all up to the last one may be many millions.
    filled = {place: words for place, cell in sheet._cells.items() if (words := _shown(cell))}
    filled |= {place: filled[first] for place, first in merged.items() if first in filled}
    columns = sorted({column for _, column in filled} - _hidden_columns(sheet))
    last = None
    for number in sorted({number for number, _ in filled}):
        if _is_hidden(sheet, number):
            continue
        if last is not None and not all(_is_hidden(sheet, n) for n in range(last + 1, number)):
            yield Row([])
        last = number
        cells = [filled.get((number, column), "") for column in columns]
        if any(cells):
            first = columns[next(i for i, cell in enumerate(cells) if cell)]
            yield Row(cells, f"{sheet.title}!{get_column_letter(first)}{number}")


def _is_hidden(sheet: Any, number: int) -> bool:
    return number in sheet.row_dimensions and bool(sheet.row_dimensions[number].hidden)


def _hidden_columns(sheet: Any) -> set[int]:
    """Return the numbers of the columns that are not shown; a file states them in ranges."""
    return {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min or 0, min(column.max or 0, sheet.max_column) + 1)
    }


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the cell that is shown in place of each that is merged with it down a column.

    So each row says what it stands under; what is merged over columns is said once.
    """
    return {
        (number, area.min_col): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for number in range(area.min_row + 1, min(area.max_row, sheet.max_row) + 1)
        if area.min_col == area.max_col
    }


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None or (cell.has_style and cell.font.strike):
        return ""
    if isinstance(value, str):
        return "" if cell.number_format == ";;;" else value
    return show(value, cell.number_format)


def _unsaved(data: bytes) -> str | None:
    """Say so if formulas have no value, as the program that wrote them did not work them out."""
    with ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
        count = sum(len(_UNSAVED.findall(archive.read(name))) for name in sheets)
    if not count:
        return None
    return (
        f"has formulas without a value ({count}), which are left out; open it in a spreadsheet "
        "program and save it."
    )

"""A spreadsheet gives its cells as they are shown, and none that is hidden."""

import datetime
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.spreadsheet import load


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def berths() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Summer"
    for row in (["Pier", "Opened", "Share", "Fee"],
                ["first", datetime.date(1987, 5, 3), 0.125, 1200.5],
                ["second", datetime.date(1991, 1, 2), 0.5, 80]):  # fmt: skip
        sheet.append(row)
    for number in (2, 3):
        sheet[f"B{number}"].number_format = "dd.mm.yyyy"
        sheet[f"C{number}"].number_format = "0.0%"
        sheet[f"D{number}"].number_format = "#,##0.00 [$€-407]"
    return book


def test_cells_are_as_they_are_shown_below_the_name_of_their_sheet() -> None:
    book = berths()
    book.properties.title, book.properties.creator = "The berths", "Ada Berg"
    read = load(saved(book))
    assert read.text == (
        "# Summer\n\n| Pier | Opened | Share | Fee |\n| --- | --- | --- | --- |\n"
        "| first | 03.05.1987 | 12.5% | 1,200.50 € |\n| second | 02.01.1991 | 50.0% | 80.00 € |"
    )
    assert (read.title, read.author, read.problem) == ("The berths", "Ada Berg", None)
    assert read.place(read.text.index("second")) == "Summer!A3"


def test_what_is_hidden_or_struck_out_is_left_out() -> None:
    book = berths()
    sheet = book["Summer"]
    sheet.column_dimensions.group("C", "D", hidden=True)
    sheet.row_dimensions[2].hidden = True
    sheet.append(["old 99", "new 98"])
    sheet["A4"].font = Font(strike=True)
    for state in ("hidden", "veryHidden"):
        other = book.create_sheet(state)
        other.append(["secret 97"])
        other.sheet_state = state
    assert load(saved(book)).text == (
        "# Summer\n\n| Pier | Opened |\n| --- | --- |\n| second | 02.01.1991 |\n|  | new 98 |"
    )


def test_cells_merged_down_a_column_are_said_in_each_row_and_over_columns_once() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Berths in 2025"], ["Pier", "Place", "Fee"], ["first", "a", 1], [None, "b", 2]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    assert load(saved(book)).text.split("\n")[2:] == [
        "Berths in 2025", "", "| Pier | Place | Fee |", "| --- | --- | --- |",
        "| first | a | 1 |", "| first | b | 2 |",
    ]  # fmt: skip


def test_formulas_without_a_value_are_said_to_be_missing() -> None:
    book = berths()
    book["Summer"].append(["Total", None, "=SUM(C2:C3)"])
    problem = load(saved(book)).problem
    assert problem is not None and problem.startswith("has formulas without a value (1)")


def test_a_cell_far_away_takes_no_time() -> None:
    book = berths()
    book["Summer"]["XFD1048576"] = "far"
    assert load(saved(book)).text.endswith(
        "1,200.50 € |\n| second | 02.01.1991 | 50.0% | 80.00 € |\n\nfar"
    )


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(UnreadableError, match="is locked with a password, or an older"):
        load(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(UnreadableError, match="is damaged"):
        load(saved(berths())[:-400])
    with pytest.raises(UnreadableError, match="no cells with text"):
        load(saved(openpyxl.Workbook()))

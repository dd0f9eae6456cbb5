"""Each number of a table stays in its column."""

from tests.index.folder.formats.word.documents import (
    cell,
    heading,
    paragraph,
    row,
    run,
    table,
    text_of,
)

WIDE = '<w:gridSpan w:val="2"/>'


def test_empty_cells_stay_cells() -> None:
    body = table(
        row("Pier", "Summer", "Winter"),
        row("Second", "510", ""),
        row("", "", ""),
        row("Third", cell(paragraph(run("9", "<w:strike/>"))), "90"),
        row("Fourth", properties='<w:gridBefore w:val="1"/>'),
    )
    assert text_of(body) == (
        "| Pier | Summer | Winter |\n| --- | --- | --- |\n"
        "| Second | 510 |  |\n| Third |  | 90 |\n|  | Fourth |  |"
    )


def test_a_cell_that_spans_rows_stands_in_each_and_the_others_keep_their_columns() -> None:
    body = table(
        row("Pier", "Season", "Fee"),
        row(cell("First", '<w:vMerge w:val="restart"/>'), "Summer", "310"),
        row(cell("", "<w:vMerge/>"), "Winter", "120"),
        row(cell("Closed", WIDE), "0"),
        row(cell("Begins merged", '<w:vMerge w:val="continue"/>'), "Winter", "90"),
    )
    assert text_of(body).split("\n")[2:] == [
        "| First | Summer | 310 |",
        "| First | Winter | 120 |",
        "| Closed |  | 0 |",
        "| Begins merged | Winter | 90 |",
    ]


def test_a_row_is_the_head_if_it_says_so_or_has_three_cells() -> None:
    head = row("Pier", "Fee", properties="<w:tblHeader/>")
    assert text_of(table(head, row("First", "310"))).startswith("| Pier | Fee |\n| --- |")
    assert text_of(table(row("First", "310"))).startswith("|  |  |\n| --- | --- |\n| First")


def test_a_title_across_all_columns_stands_above_the_table() -> None:
    title = row(cell("Fees in 2027", '<w:gridSpan w:val="3"/>'))
    body = table(title, row("Pier", "Summer", "Winter"), row("First", "310", "120"))
    assert text_of(body).split("\n\n")[0] == "Fees in 2027"
    assert text_of(body).split("\n\n")[1].startswith("| Pier | Summer | Winter |\n| --- |")


def test_lines_of_a_cell_and_bars_do_not_change_its_numbers() -> None:
    lines = cell(paragraph("12") + paragraph("345") + paragraph("a | b"))
    assert text_of(table(row("x", lines))).endswith("| x | 12\u2003345 a \\| b |")


def test_tables_in_cells_follow_with_their_heads() -> None:
    inner = table(row("Load", "Height", "Price"), row("12", "30", "700"))
    outer = table(row("Crane", "Data"), row("Big", cell(inner + paragraph("from 2027"))))
    assert text_of(outer).split("\n\n") == [
        "|  |  |\n| --- | --- |\n| Crane | Data |\n| Big | from 2027 |",
        "| Load | Height | Price |\n| --- | --- | --- |\n| 12 | 30 | 700 |",
    ]


def test_a_table_that_only_places_things_is_read_as_they_stand() -> None:
    inner = table(row("Load", "Height", "Price"), row("12", "30", "700"))
    frame = table(row(cell(heading(1, "Crane") + paragraph("It lifts 12 tons."))))
    beside = table(row(cell(paragraph("Left.")), cell(inner)))
    assert text_of(frame + beside).split("\n\n") == [
        "# Crane",
        "It lifts 12 tons.",
        "Left.",
        "| Load | Height | Price |\n| --- | --- | --- |\n| 12 | 30 | 700 |",
    ]


def test_rows_in_a_form_are_rows() -> None:
    form = f"<w:sdt><w:sdtPr/><w:sdtContent>{row('First', '310')}</w:sdtContent></w:sdt>"
    assert text_of(table(form)).endswith("| First | 310 |")


def test_a_row_of_absurdly_many_columns_is_read() -> None:
    many = cell("12", '<w:gridSpan w:val="2000000000"/>')
    assert "12" in text_of(table(row(many, "x"), row("y", "z")))

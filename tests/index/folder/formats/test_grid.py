"""Rows of cells become tables with heads, and what is too wide for one, lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.formats.draft import Draft
from index.folder.formats.grid import Row, add_grid
from index.structure import blocks

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=8)


def text_of(*rows: list[str]) -> str:
    draft = Draft()
    add_grid(draft, [Row(row, f"A{number}") for number, row in enumerate(rows, start=1)])
    return draft.text


def test_the_first_row_of_names_is_the_head_and_columns_without_words_are_left_out() -> None:
    assert text_of(["pier", "", "berths"], ["first", "", "80"]) == (
        "| pier | berths |\n| --- | --- |\n| first | 80 |"
    )


def test_rows_of_figures_have_no_head() -> None:
    assert text_of(["1", "80"], ["2", "92"]) == "|  |  |\n| --- | --- |\n| 1 | 80 |\n| 2 | 92 |"


@pytest.mark.parametrize("head", [["", "2023", "2024"], ["Item", "2023", "Q1 2024"]])
def test_years_are_heads_beside_names(head: list[str]) -> None:
    assert text_of(head, ["Revenue", "5", "7"]).split("\n")[0] == f"| {' | '.join(head)} |"


def test_lone_cells_above_a_table_are_paragraphs_and_a_second_head_begins_a_table() -> None:
    text = text_of(
        ["Berths in 2025"], [], ["pier", "berths"], ["first", "80"], [], ["second", "92"],
        [], ["Fees"], ["kind", "fee"], ["child", "3"],
    )  # fmt: skip
    assert text.split("\n\n") == [
        "Berths in 2025",
        "| pier | berths |\n| --- | --- |\n| first | 80 |\n| second | 92 |",
        "Fees",
        "| kind | fee |\n| --- | --- |\n| child | 3 |",
    ]


def test_long_rows_become_lists_below_their_names() -> None:
    answer = "It opens at eight. " * 40
    text = text_of(["question", "answer"], ["When?", answer], ["Where?", answer])
    assert text.startswith(
        f"## When?\n\n- question: When?\n- answer: {answer.strip()}\n\n## Where?"
    )


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_every_cell_stands_in_the_text_and_every_row_in_a_block(rows: list[list[str]]) -> None:
    text = text_of(*rows)
    shown = text.replace("\\|", "|")
    for cell in (cell for row in rows for cell in row):
        assert " ".join(cell.split()).replace("\\|", "|") in shown
    for line in text.split("\n"):
        if any(map(str.isalnum, line)):
            assert any(text[slice(*block.span)].strip() in line or line in text[slice(*block.span)]
                       for block in blocks(text))  # fmt: skip

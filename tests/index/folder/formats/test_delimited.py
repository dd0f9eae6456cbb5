"""A table as text gives rows with heads, whatever stands between its cells."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import split
from index.folder.formats.delimited import load
from tests.files import corpus_in

BERTHS = "| pier | berths |\n| --- | --- |\n| first | 80 |\n| second | 92 |"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_rows_are_read(delimiter: str, line_end: str, encoding: str) -> None:
    lines = ["pier,berths", "first,80", "second,92"]
    data = line_end.join(lines).replace(",", delimiter).encode(encoding)
    assert load(data).text == BERTHS


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("item;price\ntea;1,5\n", "| tea | 1,5 |"),
        ("1,5;2,5\n3,5;4,5\n", "| 1,5 | 2,5 |"),
        ("sep=;\nitem;price\ntea;1,5\n", "| tea | 1,5 |"),
        ('a,b\n"x, y","two\nlines"\n', "| x, y | two lines |"),
        ('a,b\nhe said ""no"",|\n', '| he said ""no"" | \\| |'),
        ("code,n\n007,1e5\n", "| 007 | 1e5 |"),
    ],
)
def test_cells_are_as_they_are_written(text: str, row: str) -> None:
    assert row in load(text.encode()).text.split("\n")


def test_a_place_is_the_first_cell_of_the_row() -> None:
    read = load(b"pier,berths\nfirst,80\nsecond,92\n")
    assert read.place(read.text.index("second")) == "A3"
    assert read.paragraph(read.text.index("second")) is None


@given(st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=40))
def test_no_number_is_lost(numbers: list[int]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["name", "value"], *(["x", number] for number in numbers)])
    lines = load(written.getvalue().encode()).text.split("\n")
    assert lines[2:] == [f"| x | {number} |" for number in numbers]


def test_the_heads_lead_to_each_row_of_a_long_table(tmp_path: Path) -> None:
    rows = "".join(f"boat {number},{number * 7}\n" for number in range(2000))
    corpus = corpus_in(tmp_path)
    chunks = split(corpus.parse("boats.csv", f"name,length\n{rows}".encode()))
    corpus.close()
    assert len(chunks) > 50
    assert all("name | length" in chunk.in_context for chunk in chunks)
    assert sum(chunk.text.count("boat ") for chunk in chunks) == 2000

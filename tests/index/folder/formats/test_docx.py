"""A Word document gives its paragraphs and tables in their order."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from index.folder.formats.docx import load
from index.folder.formats.extracted import UnreadableError


def document() -> bytes:
    made = docx.Document()
    made.core_properties.title = "A quiet harbour"
    made.core_properties.author = "Ada Berg"
    made.add_heading("The harbour", 1)
    made.add_paragraph("The harbour of Skagen closed to freighters in 1987.")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Boat", "Length", "Havn", "12 m"), strict=True):
        cell.text = text
    made.add_paragraph("Its lighthouse is\n46 metres tall.")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_paragraphs_and_tables_come_in_their_order() -> None:
    read = load(document())
    assert read.text.split("\n\n") == [
        "# The harbour",
        "The harbour of Skagen closed to freighters in 1987.",
        "|  |  |\n| --- | --- |\n| Boat | Length |\n| Havn | 12 m |",
        "Its lighthouse is 46 metres tall.",
    ]
    assert (read.title, read.author) == ("A quiet harbour", "Ada Berg")
    assert read.paragraph(read.text.index("46 metres")) == 4


def test_a_file_that_is_no_document_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is damaged"):
        load(b"PK\x03\x04 and no more")
    with pytest.raises(UnreadableError, match="is damaged"):
        load(document()[:-500])
    empty = io.BytesIO()
    docx.Document().save(empty)
    with pytest.raises(UnreadableError, match=r"^has no text\.$"):
        load(empty.getvalue())


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"word/{number}.xml", bytes(100_000_000))
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(UnreadableError, match="unpacks to 400 MB in 4 files"):
        load(bomb.getvalue())


def test_merged_cells_stand_in_each_row_and_forms_and_tracked_changes_are_read() -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=2)
    for number, cell in enumerate(table._cells):
        cell.text = str(number)
    table.cell(0, 0).merge(table.cell(2, 0))
    body = made.element.body
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for inner in (
        "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>A form.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p {}><w:r><w:t>Old </w:t></w:r><w:ins><w:r><w:t>new.</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
    ):
        body.insert(len(body) - 1, parse_xml(inner.format(word)))
    file = io.BytesIO()
    made.save(file)
    assert load(file.getvalue()).text.split("\n\n") == [
        "|  |  |\n| --- | --- |\n"
        "| 0\u20032\u20034 | 1 |\n| 0\u20032\u20034 | 3 |\n| 0\u20032\u20034 | 5 |",
        "A form.",
        "Old new.",
    ]


def test_headings_and_lists_keep_their_levels_and_numbers() -> None:
    made = docx.Document()
    made.add_heading("A manual", 0)
    made.add_heading("Cleaning", 2)
    for words, style in (
        ("Rinse it.", "List Number"),
        ("Dry it.", "List Number"),
        ("The wand:", "List Bullet"),
        ("after use", "List Bullet 2"),
    ):
        made.add_paragraph(words, style=style)
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip(
        table._cells, ("Code", "Meaning", "Do", "E1", "Empty", "Fill"), strict=True
    ):
        cell.text = text
    file = io.BytesIO()
    made.save(file)
    assert load(file.getvalue()).text.split("\n\n") == [
        "# A manual",
        "## Cleaning",
        "1. Rinse it.\n2. Dry it.",
        "- The wand:\n- after use",
        "| Code | Meaning | Do |\n| --- | --- | --- |\n| E1 | Empty | Fill |",
    ]

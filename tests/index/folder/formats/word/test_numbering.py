"""Automatic numbers are those that the document shows."""

import pytest

from index.folder.formats.word.counting import counted
from tests.index.folder.formats.word.documents import (
    cell,
    heading,
    in_list,
    list_level,
    lists,
    paragraph,
    row,
    run,
    table,
    text_of,
)

DECIMAL = list_level(0, "decimal", "%1.") + list_level(1, "lowerLetter", "%2)")
LEGAL = list_level(0, "upperRoman", "%1") + list_level(1, "decimal", "%1.%2", "<w:isLgl/>")
BULLETS = list_level(0, "bullet", "\uf0b7") + list_level(1, "bullet", "o")


def items(*marked: tuple[str, int, int]) -> str:
    """Return paragraphs, each of a text, a list and a level."""
    return "".join(paragraph(text, properties=in_list(of, level)) for text, of, level in marked)


def test_headings_carry_their_numbers() -> None:
    of_heading = "".join(
        list_level(level, "decimal", text, f'<w:pStyle w:val="H{level + 1}"/>')
        for level, text in enumerate(("%1", "%1.%2"))
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for level in (1, 2)
    )
    body = "".join(heading(level, text) for level, text in ((1, "A"), (1, "B"), (2, "C"), (2, "D")))
    none = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body += paragraph("Annex", properties=none) + heading(2, "E")
    assert text_of(body, styles=styles, numbering=lists(of_heading)).split("\n\n") == [
        "# 1 A",
        "# 2 B",
        "## 2.1 C",
        "## 2.2 D",
        "# Annex",
        "## 2.3 E",
    ]


def test_a_list_goes_on_counting_after_a_paragraph_and_nests() -> None:
    body = (
        items(("Rinse", 1, 0), ("the lid", 1, 1), ("the wand", 1, 1), ("Dry", 1, 0))
        + paragraph("Then wait.")
        + items(("Fill", 1, 0), ("to the line", 1, 1))
    )
    assert text_of(body, numbering=lists(DECIMAL)) == (
        "1. Rinse\n   - a) the lid\n   - b) the wand\n2. Dry\n\n"
        "Then wait.\n\n3. Fill\n   - a) to the line"
    )


def test_bullets_are_items_without_numbers() -> None:
    body = items(("After use", 1, 0), ("or before", 1, 1))
    assert text_of(body, numbering=lists(BULLETS)) == "- After use\n  - or before"


def test_legal_numbers_are_in_digits() -> None:
    body = items(("One", 1, 0), ("Two", 1, 0), ("Deep", 1, 1))
    assert text_of(body, numbering=lists(LEGAL)) == "- I One\n- II Two\n  - 2.1 Deep"


def test_a_list_of_its_own_starts_where_it_says() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = items(("a", 1, 0), ("b", 2, 0), ("c", 3, 0), ("d", 3, 0))
    assert text_of(body, numbering=lists(DECIMAL, more=more)) == "1. a\n2. b\n7. c\n8. d"


def test_a_level_restarts_as_it_says() -> None:
    never = list_level(0, "decimal", "%1.") + list_level(
        1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'
    )
    body = items(("A", 1, 0), ("a", 1, 1), ("B", 1, 0), ("b", 1, 1))
    assert text_of(body, numbering=lists(never)) == "1. A\n   1. a\n2. B\n   2. b"


def test_another_list_begins_anew() -> None:
    body = items(("A", 1, 0), ("B", 2, 0), ("C", 3, 0), ("c", 2, 1), ("D", 3, 0))
    assert text_of(body, numbering=lists(DECIMAL, BULLETS, DECIMAL)).split("\n\n") == [
        "1. A",
        "- B",
        "1. C\n   - c\n2. D",
    ]


def test_what_is_not_seen_is_not_counted() -> None:
    deleted = in_list(1) + '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    hidden = in_list(1) + "<w:rPr><w:vanish/></w:rPr>"
    body = (
        items(("A", 1, 0))
        + paragraph('<w:del w:id="1" w:author="a"/>', properties=deleted)
        + paragraph(run("9", "<w:vanish/>"), properties=hidden)
        + items(("B", 1, 0))
    )
    assert text_of(body, numbering=lists(DECIMAL)) == "1. A\n2. B"


def test_numbers_in_cells_are_counted_along() -> None:
    numbered = [cell(paragraph(text, properties=in_list(1))) for text in ("A", "B")]
    body = table(*(row(each, "x") for each in numbered)) + items(("C", 1, 0))
    assert text_of(body, numbering=lists(DECIMAL)).endswith("| 1. A | x |\n| 2. B | x |\n\n3. C")


def test_a_list_that_is_not_defined_is_text() -> None:
    assert text_of(items(("A", 8, 0), ("B", 1, 8)), numbering=lists(DECIMAL)) == "A\n\nB"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (3, "decimal", "3"),
        (3, None, "3"),
        (3, "decimalZero", "03"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (22, "ordinal", "22nd"),
        (12, "ordinal", "12th"),
        (12, "chineseCounting", "十二"),
        (21, "chineseCountingThousand", "二十一"),
        (110, "chineseCounting", "一百一十"),
        (1005, "chineseCounting", "一千零五"),
        (10, "ideographDigital", "一〇"),
        (3, "decimalEnclosedCircle", "③"),
        (30, "decimalEnclosedCircle", "30"),
        (3, "russianLower", "в"),
        (3, "none", ""),
        (0, "decimal", "0"),
        (5000, "upperRoman", "5000"),
        (3, "a form of its own", "3"),
    ],
)
def test_numbers_are_written_in_their_form(number: int, form: str | None, written: str) -> None:
    assert counted(number, form) == written

"""A PDF gives the text of its pages, or says why there is none."""

from collections.abc import Sequence

import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.pdf import load

HARBOUR = (
    "The harbour of Skagen closed to freighters in 1987. Twelve fishing boats are left, and the "
    "men who own them are older every year. None of their sons wants to go to sea."
)
LIGHTHOUSE = "Its lighthouse is 46 metres tall. A keeper named Ottesen looks after it."


def pdf(pages: Sequence[Sequence[str]], *, head: str = "", title: str = "") -> FPDF:
    """Return a PDF with these paragraphs on each page, under a head, above its number."""
    made = FPDF(format="letter")
    made.set_title(title)
    made.set_font("Helvetica", size=12)
    for number, paragraphs in enumerate(pages, start=1):
        made.add_page()
        if head:
            made.multi_cell(0, 8, head, new_x="LMARGIN")
        for paragraph in paragraphs:
            made.multi_cell(0, 6, paragraph, new_x="LMARGIN", align="L")
        if head:
            made.multi_cell(0, 8, f"Page {number}", new_x="LMARGIN")
    return made


def test_lines_are_joined_to_paragraphs() -> None:
    made = pdf([["The harbour", HARBOUR, LIGHTHOUSE]], title="A quiet harbour")
    read = load(bytes(made.output()))
    assert read.text.split("\n\n") == ["The harbour", HARBOUR, LIGHTHOUSE]
    assert read.title == "A quiet harbour"


def test_each_page_is_known_and_heads_and_page_numbers_are_left_out() -> None:
    pages = [[HARBOUR], [LIGHTHOUSE], [], [HARBOUR, LIGHTHOUSE]]
    read = load(bytes(pdf(pages, head="The Gazette").output()))
    assert "Gazette" not in read.text
    assert "Page" not in read.text
    positions = [
        read.text.index(HARBOUR),
        read.text.index(LIGHTHOUSE),
        read.text.rindex(LIGHTHOUSE),
    ]
    assert [read.page(position) for position in positions] == [1, 2, 4]
    assert read.problem == "has no text on 1 of its 4 pages."


@pytest.mark.parametrize(
    ("title", "kept"), [("Microsoft Word - draft3.doc", None), ("harbour.pdf", None), ("", None)]
)
def test_a_title_that_a_program_set_is_ignored(title: str, kept: str | None) -> None:
    assert load(bytes(pdf([[HARBOUR]], title=title).output())).title == kept


def test_a_scan_is_refused_as_a_scan() -> None:
    with pytest.raises(UnreadableError, match="2 pages and no text, so it was scanned or drawn"):
        load(bytes(pdf([[], []]).output()))


def test_a_lock_and_damage_are_told_apart() -> None:
    made = pdf([[HARBOUR]])
    made.set_encryption("owner", "user", EncryptionMethod.AES_256)
    with pytest.raises(UnreadableError, match="is locked with a password"):
        load(bytes(made.output()))
    with pytest.raises(UnreadableError, match="is damaged, or no PDF"):
        load(b"%PDF-1.7 and no more")


def test_lines_that_differ_in_their_figures_are_no_running_head() -> None:
    pages = [[f"Revenue in {year}: {amount} million.", HARBOUR, f"Total: {amount * 7} EUR."]
             for year, amount in ((2021, 5), (2022, 9), (2023, 31))]  # fmt: skip
    text = load(bytes(pdf(pages).output())).text
    assert all(line in text for first, _, last in pages for line in (first, last))

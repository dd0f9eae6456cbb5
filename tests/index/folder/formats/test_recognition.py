"""A scanned PDF is recognised where Tesseract is installed, and says so."""

from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from index.folder.extraction import Extractor
from index.folder.formats.pdf import load
from index.folder.formats.recognition import languages
from tests.files import python
from tests.index.folder.formats.test_pdf import LIGHTHOUSE, pdf

REFUSE = """
import sys
from index.folder.formats.extracted import UnreadableError
from index.folder.formats.pdf import load
try:
    load(open(sys.argv[1], "rb").read())
except UnreadableError as error:
    print(error, error.is_passing)
"""


def scan(text: str) -> bytes:
    """Return a PDF of a picture of a page with this text."""
    with pypdfium2.PdfDocument(bytes(pdf([[text]]).output())) as document:
        picture = document[0].render(scale=3).to_pil()
    made = FPDF(format="letter")
    made.add_page()
    made.image(picture, 0, 0, made.w)
    return bytes(made.output())


@pytest.mark.skipif("eng" not in languages(), reason="needs Tesseract with English")
def test_a_scan_is_recognised_and_says_so(tmp_path: Path) -> None:
    extractor = Extractor(tmp_path)
    extracted = extractor.extract("scan.pdf", scan(LIGHTHOUSE))
    extractor.close()
    assert extracted.text == LIGHTHOUSE
    assert extracted.is_recognised
    assert extracted.problem is not None and "may have errors" in extracted.problem


def test_a_text_is_not_said_to_be_recognised() -> None:
    assert not load(bytes(pdf([[LIGHTHOUSE]]).output())).is_recognised


def test_without_a_program_that_recognises_it_the_scan_is_refused_for_now(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan(LIGHTHOUSE))
    said = python("-c", REFUSE, str(file), PATH="").stdout
    assert "has 1 page and no text" in said
    assert "install tesseract-ocr" in said
    assert said.strip().endswith("True")

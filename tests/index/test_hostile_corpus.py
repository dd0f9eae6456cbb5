"""Files that mean harm, or are merely broken: each is named, and all others are read."""

import io
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from index.library import Library
from tests.conftest import OpenLibrary
from tests.files import write
from tests.index.folder.formats.test_docx import document
from tests.index.folder.formats.test_epub import PACKAGE, book
from tests.index.folder.formats.test_html import PAGE
from tests.index.folder.formats.test_pdf import HARBOUR, pdf

LAUGHS = (
    '<!DOCTYPE p [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdef", "bcdefg", strict=True))
    + "]>"
)
CIRCULAR_PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Count 1000000000/Kids[2 0 R 2 0 R]>> endobj
trailer <</Root 1 0 R>>"""


def archive(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return made.getvalue()


def document_with(declaration: str, text: str) -> bytes:
    """Return a Word document whose body begins with a declaration of entities."""
    plain = io.BytesIO()
    docx.Document().save(plain)
    files = {}
    with zipfile.ZipFile(plain) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    body = files["word/document.xml"].decode()
    begin = body.index("<w:document")
    text = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    body = body[:begin] + declaration + body[begin:].replace("<w:body>", text)
    return archive(files | {"word/document.xml": body.encode()})


def sparse(path: Path) -> None:
    """Make a file of 2 GB, which takes no room."""
    os.truncate(write(path.parent, path.name, ""), 2_000_000_000)


Make = bytes | Callable[[Path], object]
SHOWN = {
    "a": "Notes at 9.41.00\u202fPM",  # as macOS writes the time
    "b": "R\u00e8glement\u00a0: le port",
    "c": "\u4f1a\u8bae\u3000\u7eaa\u8981",
    "d": "\u06af\u0632\u0627\u0631\u0634\u200c\u0647\u0627",
    "e": "\U0001f469\u200d\U0001f52c",
    "f": "\u05e0\u05de\u05dc\u200f",  # with a mark of direction
    "g": "soft\u00adhyphen",
    "h": "\ue000 private, \U0001fbff new",
}
NOT_UTF8 = os.fsdecode(b"\xff.md")
REFUSED: dict[str, tuple[Make, str]] = {
    "2 GB.md": (sparse, "has 2,000 MB"),
    "2 GB.pdf": (sparse, "has 2,000 MB"),
    "bomb.docx": (archive({f"{n}.xml": bytes(100_000_000) for n in range(4)}), "unpacks to 400 MB"),
    "crowd.epub": (archive({str(n): b"" for n in range(20_000)}), "in 20,000 files"),
    "laughs.docx": (document_with(LAUGHS, "&g;"), "is damaged"),
    "laughs.epub": (book(**{"OEBPS/book.opf": LAUGHS + PACKAGE[:50] + "&g;"}), "has no text"),
    "laughs.odt": (
        archive({"content.xml": f"{LAUGHS}<p>&g;</p>".encode()}),
        "no OpenDocument text",
    ),
    "bomb.xlsx": (archive({f"{n}.xml": bytes(100_000_000) for n in range(4)}), "unpacks to 400 MB"),
    "crowd.pptx": (archive({str(n): b"" for n in range(20_000)}), "in 20,000 files"),
    "no.xlsx": (archive({"mimetype": b"x"}), "is damaged, or no spreadsheet"),
    "no.pptx": (archive({"mimetype": b"x"}), "is damaged, or no presentation"),
    "deep.json": (b"[" * 100_000, "is damaged (RecursionError)"),
    "zeros.csv": (bytes(5000), "is not text"),
    "words.rtf": (HARBOUR.encode(), "is damaged, or no rich text"),
    "words.eml": (HARBOUR.encode(), "has no head of a mail"),
    "words.ipynb": (HARBOUR.encode(), "is damaged, or no notebook"),
    "words.srt": (HARBOUR.encode(), "has no captions"),
    "circle.pdf": (CIRCULAR_PDF, "is damaged"),
    "scan.pdf": (bytes(pdf([[], []]).output()), "has 2 pages and no text"),
    "half.docx": (document()[:-900], "is damaged"),
    "half.epub": (book()[:-300], "is damaged"),
    "picture.pdf": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is damaged, or no PDF"),
    "no.docx": (archive({"mimetype": b"application/epub+zip"}), "is damaged, or no Word document"),
    "deep.html": (b"<div>" * 100_000 + HARBOUR.encode(), "is nested too deeply"),
    "script.html": (b"<script>while (true) {}</script>", "is empty"),
    "zeros.html": (bytes(5000), "is not text"),
    "zeros.md": (bytes(5000), "is not text"),
    "nothing.pdf": (b"", "is empty"),
    "nothing.docx": (b"", "is empty"),
    "nothing.epub": (b"", "is empty"),
    "nothing.html": (b"", "is empty"),
    "pipe.md": (os.mkfifo, "is not a file"),
    "itself.md": (lambda path: path.symlink_to(path), "Too many levels"),
    "passwd.md": (lambda path: path.symlink_to("/etc/passwd"), "leads out of"),
    "above": (lambda path: path.symlink_to(path.parent.parent), "leads out of"),
    "two\nlines.md": (b"A whale.", "characters in its name that cannot be shown"),
    "\u202edm.live.md": (b"A whale.", "characters in its name that cannot be shown"),
    NOT_UTF8: (b"A whale.", "characters in its name that cannot be shown"),
}
SAID = {NOT_UTF8: r"\udcff.md"}  # what stands in a name for a byte that is no text
READ: dict[str, Make] = {
    "船 лодка قارب नाव 🚢.md": b"A whale was seen in the harbour.",
    "caf\u00e9.md": b"A seal was seen at the composed cafe.",
    "cafe\u0301.md": b"A seal was seen at the decomposed cafe.",
    f"{'n' * 200}.md": b"An otter was seen.",
    "a/b/c/d/e/f/g/h/i/j/deep.md": b"A heron was seen.",
    "page.html": PAGE.encode(),
    "page.pdf": bytes(pdf([[HARBOUR]]).output()),
    "book.epub": book(),
    "document.docx": document(),
    "long.md": b"boat " * 20_000,
    "one-word.md": b"x" * 20_000,
    "open.rtf": b"{\\rtf1 " + b"{" * 100_000 + HARBOUR.encode(),
    "deep.org": b"* " * 20_000 + HARBOUR.encode(),
    "wide.csv": b"a;" * 5_000 + b"\n" + b"1;" * 5_000,
    **{f"{letter} {name}.md": b"A whelk was seen." for letter, name in SHOWN.items()},
    "'; DROP TABLE entries; --.md": b"A crab was seen.",
}


@pytest.fixture
def hostile(open_library: OpenLibrary, tmp_path: Path) -> Library:
    """A library over a folder of such files."""
    folder = tmp_path / "hostile"
    for name, make in {**READ, **{name: make for name, (make, _) in REFUSED.items()}}.items():
        if isinstance(make, bytes):
            write(folder, name, make)
        else:
            make(folder / name)
    (folder / "circle").symlink_to(folder)
    (folder / "~$open.docx").write_bytes(b"\x05Whale")  # a lock
    (folder / "notes.exe").write_bytes(b"MZ")
    return open_library(folder=folder)


def test_each_file_is_read_or_named(hostile: Library) -> None:
    report = hostile.sync()
    said = {problem.source: problem.reason for problem in report.problems}
    expected = {SAID.get(name, name): why for name, (_, why) in REFUSED.items()}
    assert said.keys() == expected.keys()
    assert all(expected[name] in why for name, why in said.items()), said
    assert all("\n" not in str(problem) for problem in report.problems)
    assert {each.source for each in report.passed_over} == {"circle", "notes.exe"}
    assert hostile.articles().keys() == READ.keys()
    assert hostile.verify().differences == ()
    assert hostile.find("whale", 1)[0].chunk.source == "船 лодка قارب नाव 🚢.md"
    again = hostile.sync()
    assert (again.unchanged, again.embedded) == (len(READ), 0)
    assert again.problems == report.problems


def test_files_that_change_and_vanish_meanwhile_do_no_harm(
    tmp_path: Path, open_library: OpenLibrary
) -> None:
    folder = write(tmp_path / "restless", "whale.md", "A whale was seen.").parent
    library = open_library(folder=folder)
    is_over = threading.Event()

    def stir() -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            file = folder / f"{number % 7}.md"
            if number % 3:
                file.write_text(f"Boat {number} has nets. " * (number % 50), encoding="utf-8")
            else:
                file.unlink(missing_ok=True)

    stirring = threading.Thread(target=stir)
    stirring.start()
    try:
        for _ in range(5):
            report = library.sync()
            assert all(problem.reason == "is empty." for problem in report.problems)
            assert library.find("whale", 1)[0].chunk.source == "whale.md"
    finally:
        is_over.set()
        stirring.join()
    library.sync()
    assert library.verify().differences == ()

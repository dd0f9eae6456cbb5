"""A book gives its chapters in the order in which it is read."""

import io
import zipfile

import pytest

from index.folder.formats.epub import load
from index.folder.formats.extracted import UnreadableError

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harbours</dc:title>
<dc:creator>Ada Berg</dc:creator><dc:publisher>Havn</dc:publisher><dc:date>2025-12-03</dc:date>
</metadata><manifest>
<item id="b" href="text/second%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/first.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><h1>{}</h1><p>{}</p></body></html>"""


def book(**others: str) -> bytes:
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE,
        "OEBPS/text/second one.xhtml": CHAPTER.format("The lighthouse", "It is 46 m\ntall."),
        "OEBPS/text/first.xhtml": CHAPTER.format("港口", "Twelve boats <b>are</b> left."),
    } | others
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # with the same time for each
    return made.getvalue()


def test_chapters_come_in_the_order_of_the_book() -> None:
    read = load(book())
    assert read.text.split("\n\n") == [
        "# 港口",
        "Twelve boats are left.",
        "# The lighthouse",
        "It is 46 m tall.",
    ]
    assert (read.title, read.author, read.publisher, read.published) == (
        "Harbours", "Ada Berg", "Havn", "2025-12-03"
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["META-INF/container.xml", "OEBPS/book.opf"], ids=["container", "package"]
)
@pytest.mark.parametrize("content", ["", "<a", "<a/>"])
def test_a_file_that_is_no_book_is_refused(name: str, content: str) -> None:
    with pytest.raises(UnreadableError):
        load(book(**{name: content}))
    with pytest.raises(UnreadableError, match="is damaged"):
        load(b"PK and no more")


def test_no_file_outside_of_the_book_is_read() -> None:
    entity = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    package = PACKAGE.replace("?>\n", f"?>{entity}", 1).replace("Harbours", "&e;Harbours")
    assert load(book(**{"OEBPS/book.opf": package})).title in (None, "Harbours")

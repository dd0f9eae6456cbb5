"""Word documents: paragraphs and tables in their order, by python-docx."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import docx
from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from index.folder.formats.archive import check_size
from index.folder.formats.extracted import Extracted, UnreadableError, join_paragraphs, one_line

_HEADINGS = ("Title", "Heading")
_DEPTH = 5  # tables in tables
_WRAPPERS = ("w:sdt", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")
_REMOVED = ("w:del", "w:moveFrom")


def load(data: bytes) -> Extracted:
    """Return the text of a document's body.

    Raises:
        UnreadableError: it is damaged, has no text, or unpacks to too much.
    """
    check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise UnreadableError("is damaged, or no Word document; save it anew.") from None
    _unwrap(document.element.body)
    text = join_paragraphs(_blocks(document))
    if not text:
        raise UnreadableError("has no text.")
    properties = document.core_properties
    return Extracted(
        text=text, title=one_line(properties.title), author=one_line(properties.author)
    )


def _unwrap(body: Any) -> None:
    """Move the text of forms and tracked changes into the body, and remove deleted text."""
    for name in _REMOVED:
        for element in list(body.iter(qn(name))):
            element.getparent().remove(element)
    for name in _WRAPPERS:
        for element in reversed(list(body.iter(qn(name)))):
            parent = element.getparent()
            content = element.find(qn("w:sdtContent")) if name == "w:sdt" else element
            for child in list(content) if content is not None else []:
                element.addprevious(child)
            parent.remove(element)


def _blocks(container: Document | BlockItemContainer, depth: int = 0) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block, depth)
        else:
            style = block.style.name if block.style is not None else None
            is_heading = bool(style and style.startswith(_HEADINGS) and block.text.strip())
            yield ("# " if is_heading else "") + block.text


def _rows(table: Table, depth: int) -> Iterator[str]:
    for row in table.rows:
        # Not `row.cells`: it repeats a cell in each row that it spans, and fails for many tables.
        cells = [_Cell(each, table) for each in row._tr.tc_lst if each.vMerge != "continue"]
        yield " | ".join(filter(None, (_in_one_line(cell, depth) for cell in cells)))


def _in_one_line(cell: _Cell, depth: int) -> str:
    return "" if depth >= _DEPTH else " ".join(" ".join(_blocks(cell, depth + 1)).split())

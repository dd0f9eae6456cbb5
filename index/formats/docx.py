"""Word documents: paragraphs and tables in their order, by python-docx."""

import io
from collections.abc import Iterator
from zipfile import BadZipFile

import docx
from docx.blkcntnr import BlockItemContainer
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell

from index.formats.archive import check_size
from index.formats.extracted import Extracted, UnreadableError, join_paragraphs, one_line

_HEADINGS = ("Title", "Heading")
_DEPTH = 5  # tables in tables


def load(data: bytes) -> Extracted:
    """Return the text of a document's body.

    Raises:
        UnreadableError: it is damaged, has no text, or grows too large when it is unpacked.
    """
    check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise UnreadableError("is damaged, or no Word document; save it anew.") from None
    text = join_paragraphs(_blocks(document))
    if not text:
        raise UnreadableError("has no text.")
    properties = document.core_properties
    return Extracted(
        text=text, title=one_line(properties.title), author=one_line(properties.author)
    )


def _blocks(container: Document | BlockItemContainer, depth: int = 0) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block, depth)
        else:
            style = block.style.name if block.style is not None else None
            yield ("# " if style and style.startswith(_HEADINGS) else "") + block.text


def _rows(table: Table, depth: int) -> Iterator[str]:
    for row in table.rows:
        # A cell that spans several columns stands in each of them.
        cells = list({id(cell._tc): cell for cell in row.cells}.values())
        yield " | ".join(filter(None, (_in_one_line(cell, depth) for cell in cells)))


def _in_one_line(cell: _Cell, depth: int) -> str:
    return "" if depth >= _DEPTH else " ".join(" ".join(_blocks(cell, depth + 1)).split())

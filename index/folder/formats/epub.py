"""EPUB books: the chapters in their order.

The container is a few lines of XML in an archive. The one well-known library for it has a licence
that does not fit ours.
"""

import io
import posixpath
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from index.folder.formats.archive import check_size
from index.folder.formats.extracted import BREAK, Extracted, UnreadableError, one_line
from index.folder.formats.html import all_text

_CONTAINER = "META-INF/container.xml"
# Nothing outside of the archive is loaded, and no entity is expanded.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def load(data: bytes) -> Extracted:
    """Return the text of all chapters, with what the book states of itself.

    Raises:
        UnreadableError: it is damaged or locked, or has no text.
    """
    check_size(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            package = _parse(archive, _package_path(archive))
            text = BREAK.join(filter(None, _chapters(archive, package)))
    except (LookupError, ValueError, RuntimeError, BadZipFile, etree.LxmlError, zlib.error):
        raise UnreadableError("is damaged or locked, or no EPUB; save it anew.") from None
    if not text:
        raise UnreadableError("has no text.")
    root = package.getroot()
    return Extracted(
        text=text,
        title=_first(root, "dc:title"),
        publisher=_first(root, "dc:publisher"),
        author=_first(root, "dc:creator"),
        published=_day(_first(root, "dc:date")),
    )


def _parse(archive: ZipFile, path: str) -> Any:
    tree = etree.parse(io.BytesIO(archive.read(path)), _PARSER)
    if tree.getroot() is None:
        raise ValueError(f"{path} is empty")
    return tree


def _package_path(archive: ZipFile) -> str:
    files = _parse(archive, _CONTAINER).findall(".//c:rootfile", _NAMES)
    return str(files[0].get("full-path"))


def _chapters(archive: ZipFile, package: Any) -> Iterator[str]:
    """Yield the text of each chapter, in the order in which the book is read."""
    folder = posixpath.dirname(_package_path(archive))
    paths = {item.get("id"): item.get("href") for item in package.iterfind(".//o:item", _NAMES)}
    for reference in package.iterfind(".//o:spine/o:itemref", _NAMES):
        href = paths.get(reference.get("idref"))
        path = posixpath.normpath(posixpath.join(folder, unquote(href or "")))
        if href and path in archive.NameToInfo:
            yield all_text(archive.read(path))


def _first(package: Any, name: str) -> str | None:
    return next((one_line(each.text) for each in package.iterfind(f".//{name}", _NAMES)), None)


def _day(value: str | None) -> str | None:
    try:
        return datetime.fromisoformat(value or "").date().isoformat()
    except ValueError:
        return None

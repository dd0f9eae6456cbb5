"""Word documents: their text as it is seen, with headings, lists, tables and notes."""

import io
from zipfile import BadZipFile, ZipFile

from lxml import etree

from index.folder.formats.archive import check_size
from index.folder.formats.extracted import Extracted, UnreadableError, one_line, without_controls
from index.folder.formats.word.document import as_markdown, unread
from index.folder.formats.word.package import Package

_PROPERTIES = "docProps/core.xml"
_NAMES = {"dc": "http://purl.org/dc/elements/1.1/"}
# Nothing outside of the archive is loaded, and no entity is expanded.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
_COMPOUND = b"\xd0\xcf\x11\xe0"  # begins a file that is encrypted, or older than the format


def load(data: bytes) -> Extracted:
    """Return the text of a document.

    Raises:
        UnreadableError: it is damaged or locked, has no text, or unpacks to too much.
    """
    if data.startswith(_COMPOUND):
        raise UnreadableError(
            "is locked with a password, or of the kind of Word before 2007; "
            "save it as .docx without a password."
        )
    check_size(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive)
            problem = unread(package)
            text = without_controls(as_markdown(package))
            title, author = _properties(archive)
    except (BadZipFile, LookupError, ValueError, RuntimeError, OSError, SyntaxError):
        raise UnreadableError("is damaged, or no Word document; save it anew.") from None
    if not text:
        raise UnreadableError("has no text.")
    return Extracted(text=text, title=title, author=author, problem=problem)


def _properties(archive: ZipFile) -> tuple[str | None, str | None]:
    """Return the title and the author that a document states."""
    if _PROPERTIES not in archive.NameToInfo:
        return None, None
    root = etree.fromstring(archive.read(_PROPERTIES), _PARSER)
    title, author = (
        one_line(root.findtext(f"{{*}}{name}", namespaces=_NAMES)) if root is not None else None
        for name in ("title", "creator")
    )
    return title, author

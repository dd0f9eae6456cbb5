"""Word documents: as HTML by mammoth, with headings, lists, tables and notes."""

import io
from zipfile import BadZipFile, ZipFile

import mammoth
from lxml import etree

from index.folder.formats.archive import check_size
from index.folder.formats.extracted import Extracted, UnreadableError, one_line
from index.folder.formats.markdown import from_html

_PROPERTIES = "docProps/core.xml"
_NAMES = {"dc": "http://purl.org/dc/elements/1.1/"}
_STYLES = "p[style-name='Title'] => h1:fresh"  # besides those that mammoth knows
# Nothing outside of the archive is loaded, and no entity is expanded.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


def load(data: bytes) -> Extracted:
    """Return the text of a document's body.

    Raises:
        UnreadableError: it is damaged, has no text, or unpacks to too much.
    """
    check_size(data)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(_no_image)
        ).value
        title, author = _properties(data)
    except (BadZipFile, LookupError, ValueError, AttributeError, OSError, SyntaxError):
        raise UnreadableError("is damaged, or no Word document; save it anew.") from None
    text = from_html(html)
    if not text:
        raise UnreadableError("has no text.")
    return Extracted(text=text, title=title, author=author)


def _properties(data: bytes) -> tuple[str | None, str | None]:
    """Return the title and the author that a document states."""
    with ZipFile(io.BytesIO(data)) as archive:
        if _PROPERTIES not in archive.NameToInfo:
            return None, None
        root = etree.fromstring(archive.read(_PROPERTIES), _PARSER)
    title, author = (
        one_line(root.findtext(f"{{*}}{name}", namespaces=_NAMES)) if root is not None else None
        for name in ("title", "creator")
    )
    return title, author


def _no_image(_: object) -> dict[str, str]:
    return {}

"""A web page as a tree of elements."""

import contextlib
from typing import Any

import lxml.html
import webencodings
from bs4.dammit import EncodingDetector
from lxml import etree

from index.folder.decoding import NotTextError, decode, decode_as
from index.folder.formats.extracted import UnreadableError, without_controls

# Nothing outside of the page is loaded, and no entity is expanded.
_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
# Elements that no head has.
_SHOWN_ONLY = frozenset({
    "a", "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset",
    "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "img",
    "main", "nav", "ol", "p", "pre", "section", "span", "table", "ul",
})  # fmt: skip
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes) -> tuple[Any, bool]:
    """Return the root of a page's tree, and whether what is nested deepest is missing in it.

    Raises:
        UnreadableError: it is not text.
    """
    text = _decode(data)
    if text.lstrip()[:5] == "<?xml":
        text = _as_html(text)
    # This parser, which all readers of pages share, drops what is nested more than 256 levels deep.
    parser = lxml.html.HTMLParser(encoding="utf-8")
    page = lxml.html.document_fromstring(
        without_controls(text).encode("utf-8", "replace") or b"<p>", parser=parser
    )
    _mend_head(page)
    return page, any("depth" in entry.message for entry in parser.error_log)


def _mend_head(page: Any) -> None:
    """Move into the body what the parser leaves in the head of a page that names no body."""
    head, body = page.find("head"), page.find("body")
    children = [] if head is None else [*head]
    first = next((i for i, each in enumerate(children) if each.tag in _SHOWN_ONLY), None)
    if head is None or first is None:
        return
    if body is None:
        body = lxml.html.Element("body")
        page.append(body)
    for place, child in enumerate(children[first:]):
        body.insert(place, child)


def _decode(data: bytes) -> str:
    """Return a page's text in the encoding that a browser reads it in: UTF-8, or what it states."""
    if not data.startswith(_MARKS):
        with contextlib.suppress(UnicodeDecodeError):
            text = decode_as(data, "utf-8")
            if "\0" not in text:
                return text
        label = EncodingDetector.find_declared_encoding(data, is_html=True)
        encoding = webencodings.lookup(label) if label else None
        if encoding is not None and not encoding.name.startswith("utf-16") and b"\0" not in data:
            text, _ = webencodings.decode(data, encoding, errors="replace")
            return text
    try:
        text, _ = decode(data)
    except NotTextError as error:
        raise UnreadableError(f"{error}; save it anew.") from None
    return text


def _as_html(text: str) -> str:
    """Return XHTML as HTML, in which no element ends itself; unchanged if it is none."""
    try:
        root: Any = etree.fromstring(text.encode(), _XML)
        lxml.html.xhtml_to_html(root)
        html: str = etree.tostring(root, encoding="unicode", method="html")
    except (etree.LxmlError, ValueError):
        return text
    return html

"""OpenDocument texts, .odt: as HTML, without what is deleted or hidden in them.

The libraries for them show hidden words, and lose that a sign is raised.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from index.folder.formats.archive import check_size
from index.folder.formats.extracted import Extracted, UnreadableError, one_line
from index.folder.formats.markdown import from_html

# Nothing outside of the archive is loaded, and no entity is expanded.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE, _STYLE, _FORMAT, _DRAWING = (
    f"{_NAMESPACE}{name}:1.0}}"
    for name in ("office", "text", "table", "style", "xsl-fo-compatible", "drawing")
)
_UNSEEN = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note-citation",
    f"{_TEXT}table-of-content",
    f"{_TEXT}alphabetical-index",
    f"{_TEXT}sequence-decls",
    f"{_TEXT}variable-decls",
    f"{_TEXT}user-field-decls",
    f"{_TEXT}hidden-text",
    f"{_OFFICE}annotation",
    f"{_OFFICE}forms",
    f"{_TEXT}ruby-text",
}
_REPEATED = 100  # at most: a program may repeat an empty cell to the edge of the sheet


@dataclass(frozen=True, slots=True)
class _Look:
    """What of a style changes which words are seen, or how they read."""

    is_unseen: bool = False  # hidden or struck out
    position: str = ""  # sup or sub
    is_numbered: bool = False  # of a list


def load(data: bytes) -> Extracted:
    """Return the text of a document's body.

    Raises:
        UnreadableError: it is damaged or locked, has no text, or unpacks to too much.
    """
    check_size(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            roots = [_parse(archive, name) for name in ("content.xml", "styles.xml", "meta.xml")]
    except (BadZipFile, LookupError, ValueError, RuntimeError, etree.LxmlError, zlib.error):
        raise UnreadableError("is damaged or locked, or no OpenDocument; save it anew.") from None
    content, styles, meta = roots
    body = content.find(f".//{_OFFICE}text") if content is not None else None
    if body is None:
        raise UnreadableError("is damaged or locked, or no OpenDocument text; save it anew.")
    html = "".join(_Writer(_looks(content, styles)).write(body))
    text = from_html(html) if html.strip() else ""
    if not text:
        raise UnreadableError("has no text.")
    return Extracted(
        text=text,
        title=_stated(meta, "title"),
        author=_stated(meta, "initial-creator") or _stated(meta, "creator"),
    )


def _parse(archive: ZipFile, name: str) -> Any:
    return etree.fromstring(archive.read(name), _PARSER) if name in archive.NameToInfo else None


def _stated(meta: Any, name: str) -> str | None:
    return None if meta is None else one_line(meta.findtext(f".//{{*}}{name}"))


def _looks(*roots: Any) -> dict[str, _Look]:
    """Return what each style looks like, with what it inherits."""
    found: dict[str, _Look] = {}
    for root in reversed([root for root in roots if root is not None]):
        for style in root.iter(f"{_STYLE}style", f"{_TEXT}list-style"):
            parent = found.get(style.get(f"{_STYLE}parent-style-name"), _Look())
            shown = style.find(f"{_STYLE}text-properties")
            numbered = style.find(f"{_TEXT}list-level-style-number") is not None
            found[style.get(f"{_STYLE}name")] = _look(shown, parent, numbered)
    return found


def _look(shown: Any, parent: _Look, is_numbered: bool) -> _Look:
    if shown is None:
        return _Look(parent.is_unseen, parent.position, is_numbered)
    line = shown.get(f"{_STYLE}text-line-through-style")
    hidden = shown.get(f"{_TEXT}display")
    height = (shown.get(f"{_STYLE}text-position") or "").split(" ")[0]
    is_unseen = parent.is_unseen if line is hidden is None else False
    is_unseen = is_unseen or line not in (None, "none") or hidden == "none"
    if not height:
        return _Look(is_unseen, parent.position, is_numbered)
    if height in ("super", "sub"):
        return _Look(is_unseen, "sup" if height == "super" else "sub", is_numbered)
    percent = float(height.rstrip("%") or 0)
    return _Look(is_unseen, "sup" if percent > 0 else "sub" if percent < 0 else "", is_numbered)


class _Writer:
    """Writes a document's elements as HTML."""

    def __init__(self, looks: dict[str, _Look]) -> None:
        self._looks = looks
        self._notes: list[str] = []

    def write(self, body: Any) -> Iterator[str]:
        """Yield the HTML of all that is seen; notes come last."""
        yield from self._inside(body)
        yield from self._notes

    def _inside(self, element: Any) -> Iterator[str]:
        yield escape(element.text or "")
        for child in element:
            if isinstance(child.tag, str):  # no comment
                yield from self._element(child)
            yield escape(child.tail or "")

    def _element(self, element: Any) -> Iterator[str]:
        look = self._looks.get(element.get(f"{_TEXT}style-name") or "", _Look())
        name = element.tag
        if name in _UNSEEN or (look.is_unseen and name != f"{_TEXT}list"):
            return
        if name == f"{_TEXT}section" and element.get(f"{_TEXT}display") == "none":
            return
        match name.rpartition("}")[2]:
            case "h":
                level = min(int(element.get(f"{_TEXT}outline-level") or 1), 6)
                yield from self._within(f"h{level}", element)
            case "p" if name == f"{_TEXT}p":
                yield from self._within(_paragraph(element), element)
            case "span" if look.position:
                yield from self._within(look.position, element)
            case "list":
                numbered = look.is_numbered or self._is_numbered_within(element)
                yield from self._within("ol" if numbered else "ul", element)
            case "list-item" | "list-header":
                yield from self._within("li", element)
            case "s":
                yield " " * min(int(element.get(f"{_TEXT}c") or 1), _REPEATED)
            case "tab" | "line-break":
                yield "<br>"
            case "note":
                yield from self._note(element)
            case "table":
                yield from self._within("table", element)
            case "table-row":
                yield from self._within("tr", element)
            case "table-cell":
                yield from self._cell(element)
            case "covered-table-cell":
                yield "<td></td>"
            case "title" | "desc" if name.startswith("{urn:oasis:names:tc:opendocument:xmlns:svg"):
                return
            case _:
                yield from self._inside(element)

    def _within(self, tag: str, element: Any) -> Iterator[str]:
        yield f"<{tag}>"
        yield from self._inside(element)
        yield f"</{tag}>"

    def _cell(self, element: Any) -> Iterator[str]:
        is_head = element.getparent().getparent().tag == f"{_TABLE}table-header-rows"
        for _ in range(min(int(element.get(f"{_TABLE}number-columns-repeated") or 1), _REPEATED)):
            yield from self._within("th" if is_head else "td", element)

    def _is_numbered_within(self, element: Any) -> bool:
        """Whether a list within another is numbered, as its outermost one says."""
        above = next(element.iterancestors(f"{_TEXT}list"), None)
        if above is None:
            return False
        look = self._looks.get(above.get(f"{_TEXT}style-name") or "", _Look())
        return look.is_numbered or self._is_numbered_within(above)

    def _note(self, element: Any) -> Iterator[str]:
        """Yield a note's mark, and keep its words for the end."""
        mark = escape(element.findtext(f"{_TEXT}note-citation") or "*")
        yield f"[{mark}]"
        body = element.find(f"{_TEXT}note-body")
        words = "" if body is None else "".join(self._inside(body))
        words = words.replace("<p>", " ").replace("</p>", " ")
        self._notes.append(f"<p>[{mark}] {words}</p>")


def _paragraph(element: Any) -> str:
    """Return the tag of a paragraph; the document's title is a heading."""
    style = element.get(f"{_TEXT}style-name") or ""
    return "h1" if style == "Title" else "p"

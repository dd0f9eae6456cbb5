"""A saved web page: its main text, without menus and advertisements, by trafilatura."""

import contextlib
import logging
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from inscriptis import get_text
from lxml import etree

from index.folder.decoding import NotTextError, decode
from index.folder.formats.extracted import Extracted, UnreadableError, join_paragraphs, one_line

# Browsers write this at the top of a page that they save: <!-- saved from url=(0024)https://… -->
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(?P<url>https?://[\x21-\x7e]+) -->")
_HEADING = re.compile(rb"<(h[1-6])\b([^>]*)>", re.I)
_PARAGRAPH = re.compile(r"\n\s*\n")
_HEAD = 2000  # bytes in which that line is looked for
_INLINE = {"hi", "ref", "del", "code", "graphic"}  # stand in running text; all others are blocks

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def load(data: bytes) -> Extracted:
    """Return the main text of a page, with what the page states of itself.

    Raises:
        UnreadableError: it is not text, or has none.
    """
    problem = "is nested so deeply that not all of it is read." if _is_too_deep(data) else None
    saved = _SAVED_FROM.search(data, 0, _HEAD)
    url = saved["url"].decode("ascii") if saved else None
    document = _extract(data, url, favor_recall=False) or _extract(data, url, favor_recall=True)
    if document is None:
        # Nothing looks like an article, so take whatever text there is.
        text = all_text(data)
        if not text and problem:
            raise UnreadableError("is nested too deeply to be read; save its text alone.")
        return Extracted(text=text, url=url, problem=problem)
    paragraphs = list(filter(None, map(one_line, _blocks(document.body))))
    title = one_line(document.title)
    if title and (not paragraphs or paragraphs[0].removeprefix("# ") != title):
        # The title becomes part of the text, like a heading, so that it can be quoted.
        paragraphs.insert(0, f"# {title}")
    return Extracted(
        text=join_paragraphs(paragraphs),
        title=title,
        published=document.date,
        publisher=one_line(document.sitename),
        author=one_line(document.author),
        url=document.url or url,
        problem=problem,
    )


def all_text(data: bytes) -> str:
    """Return the whole text of a page or a chapter, in paragraphs.

    Raises:
        UnreadableError: it is not text.
    """
    try:
        text, _ = decode(_HEADING.sub(rb"<\1\2># ", data))
    except NotTextError as error:
        raise UnreadableError(f"{error}; save it anew.") from None
    return join_paragraphs(_PARAGRAPH.split(get_text(text)))


def _is_too_deep(data: bytes) -> bool:
    """Whether the parser, which all readers of pages share, drops what is nested deepest."""
    parser = etree.HTMLParser()
    with contextlib.suppress(etree.LxmlError):  # an empty page
        etree.fromstring(data, parser)
    return any("depth" in entry.message for entry in parser.error_log)


def _extract(data: bytes, url: str | None, *, favor_recall: bool) -> Any:
    """Return what trafilatura makes of a page; None if it finds no text."""
    document = trafilatura.bare_extraction(
        data,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_formatting=True,
        favor_recall=favor_recall,
        # No date is better than one that the page does not state as its own.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    assert not isinstance(document, dict)  # as it was until version 2
    return document if document is not None and any(document.body.itertext()) else None


def _blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs of trafilatura's tree; a heading, an item or a row is one each."""
    if element.tag == "row":
        yield " | ".join(filter(None, map(_in_one_line, element)))
        return
    prefix = {"head": "# ", "item": "- "}.get(element.tag, "")
    running = ""  # the text since the last block
    for text, block in _parts(element):
        if block is None:
            running += text
            continue
        if running.strip():
            yield prefix + running
            running, prefix = "", ""
        yield from _blocks(block)
    if running.strip():
        yield prefix + running


def _parts(element: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is in an element, in order: pieces of running text, and blocks."""
    yield element.text or "", None
    for child in element:
        if child.tag == "lb":
            yield " ", None
        elif child.tag in _INLINE:
            # All that is in a piece of running text belongs to it.
            yield "".join(child.itertext()), None
        else:
            yield "", child
        yield child.tail or "", None


def _in_one_line(cell: Any) -> str:
    """Return all text in a cell of a table in one line."""
    return " ".join(" ".join(cell.itertext()).split())

"""A saved web page: its main text, without menus and advertisements, by trafilatura."""

import contextlib
import logging
import re
from typing import Any

import trafilatura
from lxml import etree

from index.folder.decoding import NotTextError, decode
from index.folder.formats.extracted import BREAK, Extracted, UnreadableError, one_line
from index.folder.formats.markdown import from_html

# Browsers write this at the top of a page that they save: <!-- saved from url=(0024)https://… -->
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(?P<url>https?://[\x21-\x7e]+) -->")
_HEAD = 2000  # bytes in which that line is looked for
# The elements of trafilatura's tree, as those of HTML.
_TAGS = {
    "list": "ul",
    "item": "li",
    "row": "tr",
    "quote": "blockquote",
    "lb": "br",
    "hi": "span",
    "ref": "span",
    "code": "code",
    "del": "del",
    "graphic": "img",
}
_LEVELS = {f"h{level}" for level in range(1, 7)}

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
        if problem and not any(map(str.isalnum, text)):
            raise UnreadableError("is nested too deeply to be read; save its text alone.")
        return Extracted(text=text, url=url, problem=problem)
    text = from_html(_as_html(document.body))
    title = one_line(document.title)
    if title and text.split("\n")[0].lstrip("# ") != title:
        # The title becomes part of the text, like a heading, so that it can be quoted.
        text = f"# {title}{BREAK}{text}"
    return Extracted(
        text=text,
        title=title,
        published=document.date,
        publisher=one_line(document.sitename),
        author=one_line(document.author),
        url=document.url or url,
        problem=problem,
    )


def all_text(data: bytes) -> str:
    """Return the whole text of a page or a chapter, as Markdown.

    Raises:
        UnreadableError: it is not text.
    """
    try:
        text, _ = decode(data)
    except NotTextError as error:
        raise UnreadableError(f"{error}; save it anew.") from None
    return from_html(text)


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


def _as_html(body: Any) -> str:
    """Return trafilatura's tree of a page's main text as HTML."""
    for element in body.iter(*_TAGS, "head", "cell"):
        rend = element.get("rend") or ""
        if element.tag == "head":
            element.tag = rend if rend in _LEVELS else "h2"
        elif element.tag == "cell":
            element.tag = "th" if element.get("role") == "head" else "td"
        elif element.tag == "list" and rend == "ol":
            element.tag = "ol"
        elif element.tag == "code" and "\n" in "".join(element.itertext()):
            element.tag = "code" if element.getparent().tag == "pre" else "pre"
        else:
            element.tag = _TAGS[element.tag]
    return etree.tostring(body, encoding="unicode", method="html")

"""A saved web page: its article as a person sees it, without menus and advertisements."""

import copy
import logging
import re
from typing import Any

import trafilatura.metadata
from lxml import etree

from index.folder.formats.article_part import article_part, without_furniture
from index.folder.formats.extracted import BREAK, Extracted, UnreadableError, one_line
from index.folder.formats.markdown import from_html
from index.folder.formats.page import parse
from index.folder.formats.visible import leave_out_unseen

# Browsers write this at the top of a page that they save: <!-- saved from url=(0024)https://… -->
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(?P<url>https?://[\x21-\x7e]+) -->")
_HEAD = 2000  # bytes in which that line is looked for

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def load(data: bytes) -> Extracted:
    """Return the main text of a page, with what the page states of itself.

    Raises:
        UnreadableError: it is not text, or has none.
    """
    page, is_cut = parse(data)
    saved = _SAVED_FROM.search(data, 0, _HEAD)
    url = saved["url"].decode("ascii") if saved else None
    stated = _metadata(page, url)
    leave_out_unseen(page)
    part = article_part(page, url)
    # If nothing looks like an article, there may be text all the same.
    text = _text(without_furniture(page) if part is None else part)
    if is_cut and not any(map(str.isalnum, text)):
        raise UnreadableError("is nested too deeply to be read; save its text alone.")
    title = one_line(stated.title)
    if text and title and title not in (line.lstrip("# ") for line in text.split("\n")):
        # The title becomes part of the text, like a heading, so that it can be quoted.
        text = f"# {title}{BREAK}{text}"
    return Extracted(
        text=text,
        title=title,
        published=stated.date,
        publisher=one_line(stated.sitename),
        author=one_line(stated.author),
        url=stated.url or url,
        problem="is nested so deeply that not all of it is read." if is_cut else None,
    )


def all_text(data: bytes) -> str:
    """Return the whole text of a page or a chapter that a person sees, as Markdown.

    Raises:
        UnreadableError: it is not text.
    """
    page, _ = parse(data)
    leave_out_unseen(page)
    return _text(page)


def _metadata(page: Any, url: str | None) -> Any:
    """Return what a page states of itself; it may leave out anything."""
    return trafilatura.metadata.extract_metadata(
        copy.deepcopy(page),
        default_url=url,
        # No date is better than one that the page does not state as its own.
        date_config={"extensive_search": False, "original_date": True},
    )


def _text(page: Any) -> str:
    return from_html(etree.tostring(page, encoding="unicode", method="html"))

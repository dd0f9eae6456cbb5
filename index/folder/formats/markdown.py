"""From HTML to Markdown, in which the structure of a text is read: by markdownify."""

import re
import sys
from typing import Any

import lxml.html
from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from index.folder.formats.extracted import without_controls

_UNSEEN = ("script", "style", "template", "noscript", "head", "del", "s", "strike")
# If a table has so many columns and does not say where its head is, its first row names them.
_NAMED_COLUMNS = 3
_FRAMES = 5000  # of 256 levels, as markdownify goes down them
_BAR = re.compile(r"(?<!\\)\|")
_OPTIONS: dict[str, Any] = {
    "heading_style": "ATX",
    "bullets": "-",
    # What stands in a line stands there as it reads.
    "strip": ["a", "img", "code"],
    "strong_em_symbol": "",
    "wrap": True,
    "wrap_width": None,  # a line is as long as its paragraph
    "escape_asterisks": False,
    "escape_underscores": False,
    "escape_misc": False,
}


class _Converter(MarkdownConverter):
    """Keeps a paragraph in one line, and a cell in one column."""

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return " "

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        cell: str = super().convert_td(el, _in_one_cell(text), parent_tags)  # type: ignore[misc]
        return cell

    def convert_th(self, el: Any, text: str, parent_tags: set[str]) -> str:
        cell: str = super().convert_th(el, _in_one_cell(text), parent_tags)  # type: ignore[misc]
        return cell


def from_html(html: str) -> str:
    """Return the text of a page or of a part of one as Markdown, without scripts and styles."""
    # This parser drops what is nested more than 256 levels deep.
    parser = lxml.html.HTMLParser(encoding="utf-8")
    page = lxml.html.document_fromstring(html.encode("utf-8", "replace") or b"<p>", parser=parser)
    soup = BeautifulSoup(lxml.html.tostring(page, encoding="unicode"), "lxml")
    for unseen in soup(_UNSEEN):
        unseen.decompose()
    for table in soup("table"):
        _name_columns(table)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        text: str = _Converter(**_OPTIONS).convert_soup(soup)
    finally:
        sys.setrecursionlimit(limit)
    return without_controls(text).strip()


def _name_columns(table: Any) -> None:
    """Make the first row of a table its head, if it seems to be one and no row says so."""
    first = table.find("tr")
    cells = first.find_all("td") if first is not None and not table.find("th") else []
    if len(cells) >= _NAMED_COLUMNS:
        for cell in cells:
            cell.name = "th"


def _in_one_cell(text: str) -> str:
    return " ".join(_BAR.sub(r"\\|", text).split())

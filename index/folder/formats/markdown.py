"""From HTML to Markdown, in which the structure of a text is read: by markdownify."""

import re
import sys
from typing import Any

import lxml.html
from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from index.folder.formats.extracted import without_controls
from index.folder.formats.html_tables import mend_table
from index.folder.formats.raised import lowered, raised

_UNSEEN = ("script", "style", "template", "noscript", "head", "del", "s", "strike")
_FRAMES = 5000  # of 256 levels, as markdownify goes down them
_BAR = re.compile(r"(?<!\\)\|")
_TICKS = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
_LONGEST = 9  # digits of a number that an item is given
# What does not show: soft hyphens, and places where a line may be broken. A space is a space.
_SIGNS = str.maketrans({"\xad": None, "\u200b": None, "\u2060": None, "\ufeff": None, "\xa0": " "})
_OPTIONS: dict[str, Any] = {
    "heading_style": "ATX",
    "bullets": "-",
    # What stands in a line stands there as it reads.
    "strip": ["a", "img", "code", "kbd", "samp", "b", "strong", "i", "em"],
    "wrap": True,
    "wrap_width": None,  # a line is as long as its paragraph
    "escape_asterisks": False,
    "escape_underscores": False,
    "escape_misc": False,
}


class _Converter(MarkdownConverter):
    """Keeps a paragraph in one line, a cell in one column, and numbers apart."""

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return "\n" if "pre" in parent_tags else " "

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        cell: str = super().convert_td(el, _in_one_cell(text), parent_tags)  # type: ignore[misc]
        return cell

    def convert_th(self, el: Any, text: str, parent_tags: set[str]) -> str:
        cell: str = super().convert_th(el, _in_one_cell(text), parent_tags)  # type: ignore[misc]
        return cell

    def convert_sup(self, el: Any, text: str, parent_tags: set[str]) -> str:
        before = el.previous_sibling
        return raised(text, before if isinstance(before, str) else "")

    def convert_sub(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return lowered(text)

    def convert_rt(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"({text.strip()})" if text.strip() else ""

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        fence = max(("```", *(f"{marks}`" for marks in _TICKS.findall(text))), key=len)
        code = text.strip("\n")
        return f"\n\n{fence}\n{code}\n{fence}\n\n" if code.strip() else ""

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        item: str = super().convert_li(el, text, parent_tags)  # type: ignore[misc]
        number = str(el.get("value") or "")
        if el.parent is None or el.parent.name != "ol" or not number.isdecimal():
            return item
        return re.sub(r"^\d+\.", f"{int(number[:_LONGEST])}.", item)

    def _apart(self, el: Any, text: str, parent_tags: set[str]) -> str:
        block: str = super().convert_div(el, text, parent_tags)  # type: ignore[misc]
        return block

    convert_address = convert_aside = convert_caption = convert_center = convert_details = _apart
    convert_dialog = convert_fieldset = convert_figure = convert_footer = convert_form = _apart
    convert_header = convert_hgroup = convert_legend = convert_main = convert_nav = _apart
    convert_search = convert_summary = _apart


def from_html(html: str) -> str:
    """Return the text of a page or of a part of one as Markdown, without scripts and styles."""
    # This parser drops what is nested more than 256 levels deep.
    parser = lxml.html.HTMLParser(encoding="utf-8")
    page = lxml.html.document_fromstring(html.encode("utf-8", "replace") or b"<p>", parser=parser)
    soup = BeautifulSoup(lxml.html.tostring(page, encoding="unicode"), "lxml")
    for unseen in soup(_UNSEEN):
        unseen.decompose()
    for table in soup("table"):
        mend_table(table, soup)
    for definitions in soup("dl"):
        _as_list(definitions, soup)
    for numbered in soup("ol"):
        _number(numbered)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        text: str = _Converter(**_OPTIONS).convert_soup(soup)
    finally:
        sys.setrecursionlimit(limit)
    return without_controls(text.translate(_SIGNS)).strip()


def _as_list(definitions: Any, soup: Any) -> None:
    """Make of terms and what they mean a list, with the meanings as items of each term."""
    definitions.name = "ul"
    term: Any = None
    for each in definitions.find_all(["dt", "dd"]):
        is_term, each.name = each.name == "dt", "li"
        if is_term:
            term = each
        elif term is not None and each.find_parent("li") is not term:
            inner = term.find("ul", class_="meanings", recursive=False)
            if inner is None:
                inner = soup.new_tag("ul", attrs={"class": "meanings"})
                term.append(inner)
            inner.append(each.extract())


def _number(numbered: Any) -> None:
    """Give the items of a list the numbers that are shown, where they do not count on from one."""
    items = numbered.find_all("li", recursive=False)
    is_reversed = numbered.has_attr("reversed")
    if not is_reversed and not any(item.get("value") for item in items):
        return
    start = str(numbered.get("start") or "")
    number = int(start[:_LONGEST]) if start.isdecimal() else (len(items) if is_reversed else 1)
    for item in items:
        stated = str(item.get("value") or "")
        number = int(stated[:_LONGEST]) if stated.isdecimal() else number
        item["value"] = str(max(number, 0))
        number += -1 if is_reversed else 1


def _in_one_cell(text: str) -> str:
    return " ".join(_BAR.sub(r"\\|", text).split())

"""How the words of a source are shown: without the marks of Markdown, and a row with its heads."""

import re
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.evidence.evidence import Evidence

_MARKDOWN = MarkdownIt("commonmark")
_MARKED = (".md", ".markdown", ".ipynb")  # files whose text is marked up within its lines
_LINE = re.compile(r"(?P<marker>\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?)(?P<words>.*)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]+")
# Links of note programs: [[Page]], or [[Page|words]] as they are shown.
_WIKI_LINK = re.compile(r"!?\[\[(?![\s\[])(?:[^\[\]|]+\|)?([^\[\]|]+)\]\]")
_COMMENT = "<!--"
_EMPHASIS = ("**", "__")  # may be left where a quotation begins or ends between them
BETWEEN_CELLS = " · "


def wording(evidence: Evidence) -> str:
    """Return the words of evidence as they are shown in a quotation.

    A list and a table keep their lines. A cell is shown behind the head of its column.
    """
    is_code = evidence.block is not None and evidence.block.kind == "code"
    if is_code:
        return evidence.text
    is_marked = evidence.source.endswith(_MARKED)
    if evidence.is_row:
        return _rows(evidence, is_marked=is_marked)
    is_text = evidence.block is not None and evidence.block.kind == "paragraph"
    if evidence.whole is not None and evidence.text == evidence.whole.text and not is_text:
        lines = (line for line in evidence.text.splitlines() if not _FENCE.match(line))
        return "\n".join(_line(line, is_marked=is_marked) for line in lines)
    return _plain(" ".join(evidence.text.split()), is_marked=is_marked)


def _rows(evidence: Evidence, *, is_marked: bool) -> str:
    lines = [line for line in evidence.text.splitlines() if not _RULE.fullmatch(line)]
    heads = _cells(evidence.lead.text, is_marked=is_marked) if evidence.lead else []
    return "\n".join(_row(_cells(line, is_marked=is_marked), heads) for line in lines)


def _row(cells: list[str], heads: list[str]) -> str:
    """Return the cells of a row, each behind its head if there is one; empty ones are left out."""
    pairs = zip_longest(cells, heads[: len(cells)], fillvalue="")
    if cells == heads:
        pairs = zip_longest(cells, (), fillvalue="")
    return BETWEEN_CELLS.join(f"{head}: {cell}" if head else cell for cell, head in pairs if cell)


def _cells(row: str, *, is_marked: bool) -> list[str]:
    inside = row.strip().removeprefix("|").removesuffix("|")
    cells = (cell.strip().replace(r"\|", "|") for cell in _BAR.split(inside))
    return [_plain(cell, is_marked=is_marked) for cell in cells]


def _line(line: str, *, is_marked: bool) -> str:
    match = _LINE.fullmatch(line)
    assert match is not None
    return match["marker"].replace(">", " ") + _plain(match["words"], is_marked=is_marked)


def _plain(text: str, *, is_marked: bool) -> str:
    """Return a line of text without emphasis, links and the like, if it is marked up."""
    if not is_marked:
        return text
    words = "".join(map(_words, _MARKDOWN.parseInline(text)[0].children or ()))
    for mark in _EMPHASIS:
        words = words.replace(mark, "")
    return words.strip()


def _words(token: Token) -> str:
    """Return the words of what stands in a line."""
    if token.type == "text":
        return _WIKI_LINK.sub(r"\1", token.content)
    if token.type in ("code_inline", "image", "html_inline"):
        return "" if token.content.startswith(_COMMENT) else token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""

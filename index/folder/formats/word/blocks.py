"""The paragraphs, lists and tables of a document as Markdown, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml.etree import _Element as Element

from index.folder.formats.extracted import BREAK
from index.folder.formats.word.appearance import Styles
from index.folder.formats.word.markup import W, nearest, number, value
from index.folder.formats.word.numbering import BULLET, Label, Numbering
from index.folder.formats.word.paragraphs import BOX, Lines, in_one_line
from index.folder.formats.word.tables import Row, as_markdown, rows

_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
_HEADING = re.compile(r"heading (?P<level>\d)", re.IGNORECASE)
_DEEPEST = 6  # heading of Markdown
_PLAIN = 9  # in Word's outline, where levels count from 0
_MARKER = re.compile(r"\d{1,9}[.)]")  # of a list in Markdown


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or an item of a list."""

    text: str
    goes_on: bool = False  # with the list of the block before


class Blocks:
    """Reads the parts of a document, which are asked for in their order."""

    def __init__(self, styles: Styles, numbering: Numbering, lines: Lines) -> None:
        self._styles = styles
        self._numbering = numbering
        self._lines = lines
        self._level_of = cache(self._style_level)
        self._indents: list[tuple[int, int]] = []  # of open items: level, and column of its text
        self._list: str | None = None  # that they are in

    def markdown(self, part: Element, prefix: str = "") -> str:
        """Return the text of a part, with `prefix` before its first block."""
        pieces: list[str] = []
        for block in self._blocks(part):
            between = "\n" if block.goes_on else BREAK
            pieces += [between if pieces else prefix, block.text]
        return "".join(pieces)

    def _blocks(self, part: Element) -> Iterator[Block]:
        self._indents = []
        for element in nearest(part, _PARAGRAPH, _TABLE):
            read = self._table if element.tag == _TABLE else self._paragraph
            yield from read(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        label = self._numbering.label(paragraph)
        line = self._lines.line(paragraph)
        if line:
            yield self._block(line, label, self._heading_level(paragraph))
        for box in nearest(paragraph, BOX):
            yield from self._blocks(box)

    def _block(self, line: str, label: Label | None, level: int | None) -> Block:
        if label is not None and label.text and not level:
            return self._item(line, label)
        self._indents = []
        return Block(f"{'#' * level} {_labelled(line, label)}" if level else line)

    def _item(self, line: str, label: Label) -> Block:
        """Return an item of a list. A label that Markdown does not know is part of its text."""
        was_in_list = bool(self._indents)
        self._indents = [each for each in self._indents if each[0] < label.level]
        indent = self._indents[-1][1] if self._indents else 0
        goes_on = was_in_list and (indent > 0 or label.of == self._list)
        self._list = label.of if indent == 0 else self._list
        is_marker = label.text == BULLET or _MARKER.fullmatch(label.text)
        marker = label.text if is_marker else BULLET
        self._indents.append((label.level, indent + len(marker) + 1))
        words = line if is_marker else f"{label.text} {line}"
        return Block(f"{' ' * indent}{marker} {words}", goes_on=goes_on)

    def _heading_level(self, paragraph: Element) -> int | None:
        """Return how deep a heading is, from 1; None if the paragraph is no heading."""
        own = number(paragraph, "pPr", "outlineLvl")
        return self._level_of(self._styles.of(paragraph)) if own is None else _level(own)

    def _style_level(self, of: str | None) -> int | None:
        for style in self._styles.chain(of):
            outline = number(style, "pPr", "outlineLvl")
            if outline is not None:
                return _level(outline)
            name = value(style, "name") or ""
            if name.lower() == "title":
                return 1
            if heading := _HEADING.fullmatch(name):
                return _level(int(heading["level"]) - 1)
        return None

    def _table(self, table: Element) -> Iterator[Block]:
        found = rows(table)
        self._indents = []
        if _is_box(found):
            for row in found:
                for cell in row.own:
                    yield from self._blocks(cell)
            return
        written = ((row, [self._cell(cell) for cell in row.cells]) for row in found)
        filled = [(row, texts) for row, texts in written if any(texts)]
        width = max((len(texts) for _, texts in filled), default=0)
        while filled and _is_title(filled[0][0], width):
            yield Block("".join(filled.pop(0)[1]))
        if filled:
            texts = [texts for _, texts in filled]
            for (row, own), above in zip(filled[1:], texts, strict=False):
                for column in row.continued:
                    own[column] = above[column] if column < len(above) else ""
            yield Block(as_markdown(texts, has_head=filled[0][0].is_head))
        # Markdown has no tables in cells, so that they follow.
        for row in found:
            for cell in row.own:
                for inner in nearest(cell, _TABLE):
                    yield from self._table(inner)

    def _cell(self, cell: Element | None) -> str:
        """Return the words of a cell in one line, without those of tables in it."""
        if cell is None:
            return ""
        lines: list[str] = []
        for element in nearest(cell, _PARAGRAPH, _TABLE):
            if element.tag == _PARAGRAPH:
                label = self._numbering.label(element)
                lines.append(_labelled(self._lines.line(element), label))
                lines += (self._cell(box) for box in nearest(element, BOX))
        return in_one_line("\n".join(filter(None, lines)))


def _labelled(line: str, label: Label | None) -> str:
    """Return a line with its number, if it has one."""
    if not line or label is None or label.text in ("", BULLET):
        return line
    return f"{label.text} {line}"


def _is_box(found: list[Row]) -> bool:
    """Whether a table only places things: a frame, or tables in a row or column."""
    own = [cell for row in found for cell in row.own]
    is_line = len(found) == 1 or all(len(row.own) == 1 for row in found)
    return len(own) == 1 or (is_line and any(True for c in own for _ in nearest(c, _TABLE)))


def _is_title(row: Row, width: int) -> bool:
    """Whether a row above those of a table is one cell across all columns."""
    return width > 1 and len(row.cells) == width and len(row.own) == 1 and row.cells[0] is not None


def _level(outline: int) -> int | None:
    """Return the level of a heading; the last level of an outline is that of plain text."""
    return min(outline + 1, _DEEPEST) if outline < _PLAIN else None

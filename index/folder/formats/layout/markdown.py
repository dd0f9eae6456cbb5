"""Pages as Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.folder.formats.extracted import BREAK, one_line
from index.folder.formats.layout.flow import Part
from index.folder.formats.layout.hyphens import HYPHENS, Hyphens
from index.folder.formats.layout.paragraphs import Headings, Paragraph, body_size, paragraphs
from index.folder.formats.layout.tables import Cells, Table
from index.language.scripts import is_wide

_BAR = re.compile(r"(?<!\\)\|")
_INDENT = 4  # spaces before an item within an item
_NESTED = 6.0  # points to the right of the item that it is in
_ENDED = re.compile(r"[.:;!?。：；！？…][\"'”’»」』)\]]*$")
_OTHER = 1.08  # of the letters' size: those of another paragraph

Block = Paragraph | Table


def markdown(pages: Sequence[Sequence[Part]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of pages, and where in it each begins."""
    lines = [line for page in pages for part in page if isinstance(part, list) for line in part]
    blocks = [[_blocks(part) for part in page] for page in pages]
    every = [block for page in blocks for part in page for block in part]
    found = [block for block in every if isinstance(block, Paragraph)]
    tables = [block for block in every if isinstance(block, Table)]
    cells = [cell.split("\n") for table in tables for row in table.rows for cell in row]
    hyphens = Hyphens([*(paragraph.lines for paragraph in found), *cells])
    writer = _Writer(hyphens, Headings(found, body_size(lines)))
    for page in blocks:
        writer.page(page)
    return writer.finished()


def _blocks(part: Part) -> list[Block]:
    return [part] if isinstance(part, Table) else list(paragraphs(part))


class _Writer:
    """Puts blocks behind each other, and counts where each page begins."""

    def __init__(self, hyphens: Hyphens, headings: Headings) -> None:
        self._hyphens = hyphens
        self._headings = headings
        self._written: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._last: _Last | None = None

    def page(self, parts: Sequence[Sequence[Block]]) -> None:
        """Add a page of parts, of which the first block may go on from the part before it."""
        self._starts.append(self._length)
        is_first = True
        for part in parts:
            for i, block in enumerate(part):
                start = self._add(block, is_first=is_first, may_go_on=i == 0)
                if is_first:
                    self._starts[-1] = start
                is_first = False

    def finished(self) -> tuple[str, tuple[int, ...]]:
        """Return the whole text, and where each page begins."""
        return "".join(self._written), tuple(self._starts)

    def _add(self, block: Block, *, is_first: bool, may_go_on: bool) -> int:
        """Add a block; return where it begins."""
        if isinstance(block, Table):
            return self._add_table(block, is_first=is_first)
        text = one_line(self._hyphens.joined(block.lines)) or ""
        level = self._headings.level(block)
        last = self._last
        if may_go_on and level is None and last is not None and last.goes_on_in(block, text):
            return self._go_on(last, block, text)
        indents: tuple[float, ...] = ()
        between = BREAK
        if level is not None:
            shown = f"{'#' * level} {f'{block.mark} {text}' if block.mark else text}"
        elif block.mark:
            indents = _indents(last.indents if last else (), block.left)
            shown = f"{' ' * _INDENT * (len(indents) - 1)}{block.mark} {text}"
            between = "\n" if last is not None and last.indents else BREAK
        else:
            shown = text
        start = self._write(shown, between)
        self._last = _Last(block, text, indents, is_heading=level is not None)
        return start

    def _go_on(self, last: "_Last", block: Paragraph, text: str) -> int:
        """Add what goes on from a column or a page to the next, within a word or a sentence."""
        joined = self._hyphens.joined([last.text, text])
        before = self._written.pop().removesuffix(last.text)
        self._length -= len(last.text) + len(before)
        self._written.append(before + joined)
        self._length += len(before) + len(joined)
        assert isinstance(last.block, Paragraph)
        self._last = replace(last, text=joined)
        return self._length - len(text)

    def _add_table(self, table: Table, *, is_first: bool) -> int:
        last = self._last.block if self._last is not None else None
        rows = list(table.rows)
        if is_first and isinstance(last, Table) and last.goes_on_in(table):
            if rows[0] == last.rows[0]:
                del rows[0]
            rows_text = "\n".join(map(self._row, rows))
            start = self._write(rows_text, "\n") if rows else self._length
            self._last = _Last(last, "", ())
            return start
        head = rows.pop(0) if table.has_head else ("",) * len(rows[0])
        rule = f"|{'---|' * len(head)}"
        start = self._write("\n".join([self._row(head), rule, *map(self._row, rows)]), BREAK)
        self._last = _Last(table, "", ())
        return start

    def _row(self, row: Cells) -> str:
        return f"| {' | '.join(map(self._cell, row))} |"

    def _cell(self, cell: str) -> str:
        text = one_line(self._hyphens.joined(cell.split("\n"))) or ""
        return _BAR.sub(r"\\|", text)

    def _write(self, text: str, between: str) -> int:
        """Write a text; return where it begins."""
        apart = between if self._length else ""
        start = self._length + len(apart)
        self._written.append(apart + text)
        self._length += len(apart) + len(text)
        return start


@dataclass(frozen=True, slots=True)
class _Last:
    """The block that was written last."""

    block: Block
    text: str
    indents: tuple[float, ...] = ()  # of an item, and of those that it is in
    is_heading: bool = False

    def goes_on_in(self, block: Paragraph, text: str) -> bool:
        """Whether a paragraph goes on, in the next column or on the next page, in another."""
        if isinstance(self.block, Table) or self.is_heading or block.mark or not self.text:
            return False
        if _ENDED.search(self.text) or max(self.block.size, block.size) > _OTHER * min(
            self.block.size, block.size
        ):
            return False
        is_divided = self.text.endswith(HYPHENS)
        return is_divided or text[:1].islower() or (is_wide(self.text[-1]) and is_wide(text[:1]))


def _indents(above: tuple[float, ...], left: float) -> tuple[float, ...]:
    """Return how far the items are indented that an item is in, and it itself."""
    kept = tuple(indent for indent in above if indent < left - _NESTED)
    return (*kept, left)

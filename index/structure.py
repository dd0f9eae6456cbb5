"""The blocks of a text: headings, paragraphs, items of lists, rows of tables, and code.

All texts are read as Markdown, by markdown-it: the loaders of other formats write headings, lists
and tables as Markdown does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading
from markdown_it.token import Token

from index.comments import without
from index.language.sentences import Span

BlockKind = Literal["heading", "paragraph", "item", "head", "row", "code"]
"""`head` is the first row of a table, with the names of its columns."""

_QUESTION_MARKS = ("?", "？", "؟")
_COLONS = (":", "：")
# A rule below a sentence or below several lines parts them from what follows, and heads nothing.
_STOPS = (".", "!", "。", "！", "…")
# Plain texts and PDF mark items so; Markdown's own mark is as long.
_BULLET = re.compile(r"^([^\S\n]*)[•▪◦‣●∙·][^\S\n]", re.MULTILINE)
_HEADING = re.compile(r"#*\s*(?P<words>.*?)(?:\s+#*)?", re.DOTALL)
_DIGITS = 3  # of an item's number at most; "1987." at the beginning of a line is a year
_CLOSING = "*_# \"'”’»）)]"  # may stand behind a question mark or a colon

_INDENTED = 4  # columns from which on Markdown takes a line for code


def _heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a heading, but no comment in code that is indented: it begins with the same sign."""
    if state.sCount[start_line] - state.blkIndent >= _INDENTED:
        return False
    return heading(state, start_line, end_line, silent)


# Text that is indented is no code: plain texts begin their paragraphs so. What defines links, and
# HTML, are text like any other.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["code", "reference", "html_block"])
_MARKDOWN.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text, `text[start:end]`, without the marker of a list or a quotation.

    A heading keeps its own marker, and a row its bars.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # of a heading, from 1; of an item, how deep it is nested, from 1
    whole: Span | None = None  # the list, the table or the code that it is part of
    lead: Span | None = None
    """What it is read below: the head of its table, the item, the paragraph or the heading that
    introduces it, or the question that it answers."""

    @property
    def span(self) -> Span:
        """Where it begins and ends."""
        return self.start, self.end


def blocks(text: str, start: int = 0, hidden: Sequence[Span] = ()) -> list[Block]:
    """Return the blocks of `text` from `start` on, in order; together they have all its words.

    The words of `hidden` spans, as of comments, are in none, except within a heading or a row.
    """
    text = without(text, hidden)
    lines = _Lines(text, start)
    tokens: list[Token] = []
    _MARKDOWN.block.parse(_BULLET.sub(r"\1- ", text[start:]), _MARKDOWN, {}, tokens)
    found = sorted([*_read(tokens, lines), *lines.left()], key=lambda block: block.start)
    return list(_with_leads(found or lines.all(), text))


def asks(words: str) -> bool:
    """Whether a sentence ends as a question; it does not answer."""
    return words.rstrip(_CLOSING).endswith(_QUESTION_MARKS)


class _Lines:
    """The lines of a text, and which of them belong to no block yet."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._starts = [start]
        while (newline := text.find("\n", self._starts[-1])) >= 0:
            self._starts.append(newline + 1)
        self._is_left = [True] * len(self._starts)

    def take(self, first: int, last: int) -> None:
        """Mark the lines from `first` up to `last` as read."""
        self._is_left[first:last] = [False] * len(self._is_left[first:last])

    def span(self, first: int, last: int, opening: str | None = None) -> Span:
        """Return the span of lines without the white space around it.

        It begins with the words `opening`, if they end the first line.
        """
        start, end = self._starts[first], self._end(last - 1)
        line = self._text[start : self._end(first)].rstrip()
        if opening and line.endswith(opening):
            start += len(line) - len(opening)
        words = self._text[start:end]
        return start + len(words) - len(words.lstrip()), start + len(words.rstrip())

    def all(self) -> list[Block]:
        """Return all lines as one paragraph; nothing if they are empty."""
        start, end = self.span(0, len(self._starts))
        return [Block("paragraph", start, end)] if start < end else []

    def left(self) -> Iterator[Block]:
        """Yield the lines with words that markdown-it has read as no block, a paragraph each."""
        for i, is_left in enumerate(self._is_left):
            if is_left:
                start, end = self.span(i, i + 1)
                if any(map(str.isalnum, self._text[start:end])):
                    yield Block("paragraph", start, end)

    def _end(self, line: int) -> int:
        following = self._starts[line + 1 : line + 2]
        return following[0] - 1 if following else len(self._text)


def _read(tokens: Sequence[Token], lines: _Lines) -> Iterator[Block]:
    """Yield the blocks that markdown-it has found, and mark their lines as read."""
    depth = 0  # of lists
    is_item = True
    kind: BlockKind = "paragraph"
    whole: Span | None = None
    for i, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                whole = lines.span(first, last) if depth == 0 else whole
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
                whole = whole if depth else None
            case "heading_open":
                start, end = lines.span(first, last if token.markup[0] == "#" else last - 1)
                lines.take(first, last)
                words = tokens[i + 1].content
                if token.markup == "-" and ("\n" in words or words.endswith(_STOPS)):
                    yield Block("paragraph", start, end)
                elif words:
                    yield Block("heading", start, end, level=int(token.tag[1]))
            case "list_item_open":
                is_item = len(token.info) <= _DIGITS
            case "paragraph_open":
                lines.take(first, last)
                opening = tokens[i + 1].content.split("\n")[0] if depth == 0 or is_item else None
                span = lines.span(first, last, opening)
                yield Block("item" if depth else "paragraph", *span, level=depth, whole=whole)
            case "table_open":
                lines.take(first, last)
                whole, kind = lines.span(first, last), "head"
            case "tbody_open":
                kind = "row"
            case "tr_open":
                yield Block(kind, *lines.span(first, last), whole=whole)
            case "table_close":
                whole = None
            case "fence":
                lines.take(first, last)
                yield from _code(token, lines)
            case "hr":
                lines.take(first, last)


def _code(token: Token, lines: _Lines) -> Iterator[Block]:
    (first, _) = token.map or (0, 0)
    count = len(token.content.splitlines())
    if token.content.strip():
        span = lines.span(first + 1, first + 1 + count)
        yield Block("code", *span, whole=span)


def _with_leads(found: Sequence[Block], text: str) -> Iterator[Block]:
    """Yield the blocks with what they are read below."""
    head: Span | None = None
    introduction: Span | None = None
    above: list[Block] = []  # items that the current one is nested in
    previous: Block | None = None
    for block in found:
        lead: Span | None = None
        if block.kind == "head":
            head = block.span
        elif block.kind == "row":
            lead = head
        elif block.kind == "item":
            if previous is None or previous.whole != block.whole:
                introduction, above = _introduction(previous, text), []
            above = [item for item in above if item.level < block.level]
            lead = above[-1].span if above else introduction
            above.append(block)
        elif previous is not None and block.kind in ("paragraph", "code"):
            lead = _question(previous, text)
        yield block if lead is None else replace(block, lead=lead)
        previous = block


def _question(block: Block, text: str) -> Span | None:
    """Return the span of the words of a block that is a question, which the next one may answer."""
    if block.kind not in ("paragraph", "heading") or not asks(text[slice(*block.span)]):
        return None
    return heading_words(block.span, text) if block.kind == "heading" else block.span


def heading_words(heading: Span, text: str) -> Span:
    """Return the span of the words of the heading at a span, without its markers."""
    match = _HEADING.fullmatch(text, *heading)
    assert match is not None
    return match.span("words")


def _introduction(block: Block | None, text: str) -> Span | None:
    """Return the span of the words of a block that introduces the list after it."""
    if block is None:
        return None
    if block.kind == "heading":
        return heading_words(block.span, text)
    words = text[slice(*block.span)].rstrip(_CLOSING)
    introduces = block.kind == "paragraph" and words.endswith((*_COLONS, *_QUESTION_MARKS))
    return block.span if introduces else None

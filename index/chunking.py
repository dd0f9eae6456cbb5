"""Cut an article into chunks of whole sentences, items and rows, at exact offsets."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from index.comments import comments
from index.folder.article import Article
from index.language.scripts import WIDE_WEIGHT, weight
from index.language.sentences import Span, sentences
from index.structure import Block, asks, blocks, heading_words

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

# About 140 tokens of the bundled encoder, a paragraph of news. Smaller chunks lose what their
# sentences refer to, larger ones blur several facts into one vector.
CHUNK_SIZE = 600

_ITEM = 300  # an item that is longer is quoted sentence by sentence
_CONTEXT = 200  # characters of title and headings at most, and of what they are followed by


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of sentences, items and rows of one article, with `article.text[start:end] == text`.

    It is embedded and read below its context, and quoted without.
    """

    id: str
    source: str
    start: int
    end: int
    text: str
    language: str
    context: str = ""  # the article's title, the headings above the chunk, and what leads to it
    blocks: tuple[Block, ...] = ()  # in the article's text, those that the chunk has a part of

    @property
    def in_context(self) -> str:
        """The text below its context, as it is embedded and read."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def text_start(self) -> int:
        """Where the text begins in `in_context`."""
        return len(self.in_context) - len(self.text)

    def spans_in_context(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return the spans in `in_context` of spans in `text`."""
        return tuple((self.text_start + start, self.text_start + end) for start, end in spans)

    def with_id(self) -> "Chunk":
        """Return the chunk with the id that all that is known of it gives it."""
        own_blocks = [astuple(block) for block in self.blocks]
        stated = f"{self.source}\n{self.start}\n{own_blocks}\n{self.in_context}"
        return replace(self, id=hashlib.sha256(stated.encode()).hexdigest()[:32])


def split(article: Article) -> list[Chunk]:
    """Return the chunks of an article's body, in order; together they have all its words.

    Only white space, Markdown's markers and its comments are left out between two chunks.
    """
    hidden = comments(article.text, article.body) if article.source.lower().endswith(".md") else []
    found = blocks(article.text, article.body, hidden)
    contexts = _Contexts(article, found)
    starts = [block.start for block in found]
    ends = [block.end for block in found]
    chunks = []
    for start, end in _pack(article, found, [start for start, _ in hidden]):
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        context = contexts.above(first, start)
        own = tuple(found[first:last])
        text = article.text[start:end]
        chunk = Chunk("", article.source, start, end, text, article.language, context, own)
        chunks.append(chunk.with_id())
    return chunks


def quotable_spans(chunk: Chunk) -> list[Span]:
    """Return the spans in the chunk's text of what can be quoted, in order.

    That is what states something: a sentence that does not ask, an item of a list, a row of a
    table, a line of code.
    """
    return [span for span, _ in led_spans(chunk)]


def led_spans(chunk: Chunk) -> list[tuple[Span, Span | None]]:
    """Return the spans of what can be quoted, each with that of what leads to it.

    That is the head of its table, what introduces its list, or the question that it answers; None
    where there is nothing of the kind in the chunk's text.
    """
    return [
        (span, lead)
        for block in _blocks_in_text(chunk)
        for span, lead in _quotable(block, chunk)
        if block.kind in ("row", "code") or not asks(chunk.text[slice(*span)])
    ]


def list_spans(chunk: Chunk) -> list[tuple[Span, Span | None]]:
    """Return the span of each list that the chunk's text has, each with that of what leads to it.

    Of a longer list it is the part that the chunk has; a single item is no list.
    """
    lists: dict[Span, list[Block]] = {}
    for block in _blocks_in_text(chunk):
        if block.kind == "item" and block.whole is not None:
            lists.setdefault(block.whole, []).append(block)
    return [
        ((start, items[-1].end), items[0].lead)
        for (start, _), items in lists.items()
        if len(items) > 1
    ]


def headings_in_text(chunk: Chunk) -> list[Span]:
    """Return the spans of the headings in the chunk's text, in order."""
    return [block.span for block in _blocks_in_text(chunk) if block.kind == "heading"]


def _blocks_in_text(chunk: Chunk) -> Iterator[Block]:
    """Yield the chunk's blocks with all their spans in its text.

    A part of a block is a block, and of a whole that begins before it a whole; a lead that stands
    elsewhere is left out.
    """
    if not chunk.blocks:  # a text of its own, not cut from an article
        yield from blocks(chunk.text)
    for block in chunk.blocks:
        own, whole, lead = (
            span
            and (max(span[0], chunk.start) - chunk.start, min(span[1], chunk.end) - chunk.start)
            for span in (block.span, block.whole, block.lead)
        )
        is_here = block.lead is not None and block.lead[0] >= chunk.start
        assert own is not None
        yield replace(block, start=own[0], end=own[1], whole=whole, lead=lead if is_here else None)


def _quotable(block: Block, chunk: Chunk) -> Iterator[tuple[Span, Span | None]]:
    text = chunk.text[slice(*block.span)]
    if block.kind in ("heading", "head"):
        return
    if block.kind == "row" or (block.kind == "item" and weight(text) <= _ITEM):
        yield block.span, block.lead
    elif block.kind == "code":
        yield from ((line, block.lead) for line in _lines(chunk.text, block.span))
    else:
        first, *others = sentences(chunk.text, block.span, chunk.language) or [block.span]
        yield first, block.lead
        # A paragraph that begins with a question answers it.
        lead = first if asks(chunk.text[slice(*first)]) else block.lead
        yield from ((sentence, lead) for sentence in others)


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the span of each line within `span` that is not empty, without white space around."""
    start = span[0]
    for line in text[slice(*span)].splitlines(keepends=True):
        if line.strip():
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(line.strip())
        start += len(line)


class _Contexts:
    """What the blocks of an article stand under."""

    def __init__(self, article: Article, found: Sequence[Block]) -> None:
        self._article = article
        self._found = found
        self._by_span = {block.span: block for block in found}
        self._headings: list[tuple[Block, ...]] = []  # above each block
        above: tuple[Block, ...] = ()
        for block in found:
            if block.kind == "heading":
                above = tuple(heading for heading in above if heading.level < block.level)
            self._headings.append(above)
            if block.kind == "heading":
                above = (*above, block)

    def above(self, index: int, start: int) -> str:
        """Return title, headings and what leads to the text at `start`, in the block at `index`."""
        headings = (heading_words(each.span, self._article.text) for each in self._headings[index])
        words = [self._article.text[slice(*span)] for span in headings]
        leads = (self._article.text[slice(*lead)] for lead in self._leads(index, start))
        leads = (lead for lead in leads if lead not in words)
        stated = (_line_by_line([self._article.title, *words]), _line_by_line(leads))
        return "\n".join(filter(None, stated))

    def _leads(self, index: int, start: int) -> list[Span]:
        """Return what the block is read below and does not begin with, the outermost first."""
        leads: list[Span] = []
        block: Block | None = self._found[index]
        while block is not None and block.lead is not None:
            leads.insert(0, block.lead)
            block = self._by_span.get(block.lead)
        return [lead for lead in leads if lead[1] <= start]


def _line_by_line(texts: Iterable[str]) -> str:
    """Return different texts in a line each, cut off where they get too long."""
    return "\n".join(dict.fromkeys(" ".join(text.split()) for text in texts))[:_CONTEXT]


def _pack(article: Article, found: Sequence[Block], comments_at: Sequence[int]) -> Iterator[Span]:
    """Join pieces while they fit; break before a heading, and after a block if half full.

    No chunk reaches over a comment.

    What leads to a block stays with it: no break by choice comes between them.
    """
    packed: list[Span] = []
    size = 0
    for previous, block in pairwise([None, *found]):
        assert block is not None
        is_led = previous is not None and (
            previous.kind == "heading" or block.lead == previous.span
        )
        ends_here = (block.kind == "heading" or size > CHUNK_SIZE / 2) and not is_led
        for piece in _pieces(article, block):
            since = packed[-1][1] if packed else piece[0]
            added = weight(article.text[since : piece[1]])
            is_over = bisect_left(comments_at, since) < bisect_left(comments_at, piece[0])
            if packed and (ends_here or is_over or size + added > CHUNK_SIZE):
                yield packed[0][0], packed[-1][1]
                packed, size = [], 0
            ends_here = False
            packed.append(piece)
            size += added
    if packed:
        yield packed[0][0], packed[-1][1]


def _pieces(article: Article, block: Block) -> Iterator[Span]:
    """Yield the spans that a block may be cut into."""
    if block.kind in ("heading", "head", "row"):
        whole: Iterable[Span] = (block.span,)
    elif block.kind == "code":
        whole = _lines(article.text, block.span)
    else:
        whole = sentences(article.text, block.span, article.language)
    for start, end in whole:
        if weight(article.text[start:end]) <= CHUNK_SIZE:
            yield start, end
            continue
        for piece in _long_cutter().create_documents([article.text[start:end]]):
            offset = start + piece.metadata["start_index"]
            yield offset, offset + len(piece.page_content)


@cache
def _long_cutter() -> "RecursiveCharacterTextSplitter":
    """Return a splitter for a "sentence" longer than a chunk, such as a list of names."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=["\n", "；", ";", "，", ", ", " ", ""],
        keep_separator="end",
        chunk_size=CHUNK_SIZE // WIDE_WEIGHT,
        chunk_overlap=0,
        add_start_index=True,  # exact only if lengths are counted in characters
    )

"""Cut an article into chunks of whole sentences, at exact offsets."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from index.folder.article import Article
from index.language.scripts import WIDE_WEIGHT, weight
from index.language.sentences import Span, blocks, sentences

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

# About 140 tokens of the bundled encoder, a paragraph of news. Smaller chunks lose what their
# sentences refer to, larger ones blur several facts into one vector.
CHUNK_SIZE = 600

_QUESTION_MARKS = ("?", "？", "؟")  # a sentence that asks does not answer
_CONTEXT = 200  # characters of title and headings at most
_HEADING = re.compile(r"(#+)\s*(.*?)[\s#]*")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of sentences of one article, with `article.text[start:end] == text`.

    It is embedded and read below its context, and quoted without.
    """

    id: str
    source: str
    start: int
    end: int
    text: str
    language: str
    context: str = ""  # the article's title and the headings above the chunk, a line each

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
        """Return the chunk with the id that its source, position, context and text give it."""
        stated = f"{self.source}\n{self.start}\n{self.in_context}"
        return replace(self, id=hashlib.sha256(stated.encode()).hexdigest()[:32])


def split(article: Article) -> list[Chunk]:
    """Return the chunks of an article's body, in order; together they have all its words.

    Only white space and the markers of lists and quotations are left out between two chunks.
    """
    chunks = []
    headings = list(_headings(article))
    for start, end in _pack(article):
        text = article.text[start:end]
        context = _context(article.title, headings, start)
        chunk = Chunk("", article.source, start, end, text, article.language, context)
        chunks.append(chunk.with_id())
    return chunks


def stating_spans(chunk: Chunk) -> list[Span]:
    """Return the spans in the chunk's text of its sentences that state something."""
    return [
        span
        for block, is_heading in blocks(chunk.text)
        if not is_heading
        for span in sentences(chunk.text, block, chunk.language)
        if not chunk.text[slice(*span)].endswith(_QUESTION_MARKS)
    ]


def _headings(article: Article) -> Iterator[tuple[int, int, str]]:
    """Yield the position, level and words of each heading."""
    for (start, end), is_heading in blocks(article.text, article.body):
        match = _HEADING.fullmatch(article.text[start:end]) if is_heading else None
        if match is not None:
            yield start, len(match[1]), match[2]


def _context(title: str, headings: Sequence[tuple[int, int, str]], start: int) -> str:
    """Return the title, and the headings that the text at `start` stands under."""
    above: list[tuple[int, str]] = []
    for position, level, words in headings:
        if position > start:
            break
        above = [(higher, own) for higher, own in above if higher < level]
        if position < start:  # else the text begins with this heading
            above.append((level, words))
    lines = dict.fromkeys([title, *(words for _, words in above)])
    return "\n".join(lines)[:_CONTEXT]


def _pack(article: Article) -> Iterator[Span]:
    """Join sentences while they fit; break before a heading, and after a block if half full."""
    packed: list[Span] = []
    size, after_heading = 0, False
    for block, is_heading in blocks(article.text, article.body):
        ends_here = (is_heading or size > CHUNK_SIZE / 2) and not after_heading
        for piece in _pieces(article, block):
            since = packed[-1][1] if packed else piece[0]
            added = weight(article.text[since : piece[1]])
            if packed and (ends_here or size + added > CHUNK_SIZE):
                yield packed[0][0], packed[-1][1]
                packed, size = [], 0
            ends_here = False
            packed.append(piece)
            size += added
        after_heading = is_heading
    if packed:
        yield packed[0][0], packed[-1][1]


def _pieces(article: Article, block: Span) -> Iterator[Span]:
    for start, end in sentences(article.text, block, article.language):
        sentence = article.text[start:end]
        if weight(sentence) <= CHUNK_SIZE:
            yield start, end
            continue
        for piece in _long_cutter().create_documents([sentence]):
            offset = start + piece.metadata["start_index"]
            yield offset, offset + len(piece.page_content)


@cache
def _long_cutter() -> "RecursiveCharacterTextSplitter":
    """Return a splitter for a "sentence" longer than a chunk, such as a table."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=["\n", "；", ";", "，", ", ", " ", ""],
        keep_separator="end",
        chunk_size=CHUNK_SIZE // WIDE_WEIGHT,
        chunk_overlap=0,
        add_start_index=True,  # exact only if lengths are counted in characters
    )

"""Cut an article into chunks of whole sentences, at exact offsets."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of sentences of one article, with `article.text[start:end] == text`."""

    id: str
    source: str
    start: int
    end: int
    text: str
    language: str


def split(article: Article) -> list[Chunk]:
    """Return the chunks of an article's body, in order; together they have all its words.

    Only white space and the markers of lists and quotations are left out between two chunks.
    """
    chunks = []
    for start, end in _pack(article):
        text = article.text[start:end]
        chunk_id = id_of(article.source, start, text)
        chunks.append(Chunk(chunk_id, article.source, start, end, text, article.language))
    return chunks


def id_of(source: str, start: int, text: str) -> str:
    """Return the id of a chunk, which changes with its source, its position and its text."""
    return hashlib.sha256(f"{source}\n{start}\n{text}".encode()).hexdigest()[:32]


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

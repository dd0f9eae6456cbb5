"""Sums up an article by the sentences that it opens with.

News says what matters first, and without a language model nothing sums it up better than its lead.
"""

from collections.abc import Iterator, Sequence

from app.evidence.evidence import Evidence
from app.phrases import phrases
from app.question.names import names_in, share_of_names
from app.writing.citations import Mark
from app.writing.extractive import quoted
from index.chunking import Chunk, quotable_spans
from index.search import Passage

_SENTENCES = 3


def lead(question: str, chunks: Sequence[Chunk]) -> list[Evidence]:
    """Return the first sentences of an article, whose chunks are given in order.

    The list is empty if the article lacks a name that the question has: another one was meant.
    """
    if share_of_names(names_in(question), "\n".join(chunk.text for chunk in chunks)) < 1:
        return []
    found: list[Evidence] = []
    for chunk in chunks:
        for start, end in quotable_spans(chunk):
            span = chunk.start + start, chunk.start + end
            if not found or span[0] >= found[-1].end:  # chunks may overlap
                found.append(Evidence(Passage(chunk, 1.0), *span, chunk.text[start:end], 1.0))
    return found[:_SENTENCES]


def draft_summary(title: str, language: str, sentences: Sequence[Evidence]) -> Iterator[str | Mark]:
    """Yield an introduction in `language`, and the sentences with a mark after each."""
    yield phrases(language).summary.format(title=title)
    for position in range(len(sentences)):
        yield from quoted(sentences, position, language)

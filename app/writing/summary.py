"""Sums up an article by the sentences that it opens with, or that its sections open with.

News says what matters first, and a handbook says it section by section; without a language model
nothing sums either up better than that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.evidence.evidence import Evidence, Excerpt
from app.phrases import phrases
from app.question.names import names_in, share_of_names
from app.writing.citations import Mark
from app.writing.extractive import quoted
from index.chunking import Chunk, quotable_spans
from index.search import Passage
from index.structure import Block, heading_words

_SENTENCES = 3
_SECTIONS = 4  # an article with so many is summed up by them
_MOST_SECTIONS = 10


def lead(question: str, chunks: Sequence[Chunk]) -> list[Evidence]:
    """Return what sums up an article, whose chunks are given in order.

    Of an article in sections these are the first sentences of them, each led by its heading. The
    list is empty if the article, its title included, lacks a name that the question has: another
    one was meant. Names in letters are written otherwise in Chinese.
    """
    names = names_in(question)
    if chunks and chunks[0].language == "zh":
        names = [name for name in names if name.isdigit()]
    if share_of_names(names, "\n".join(chunk.in_context for chunk in chunks)) < 1:
        return []
    openings: list[Evidence] = []
    sections: list[Evidence] = []
    last: Excerpt | None = None
    for chunk in chunks:
        for start, end in quotable_spans(chunk):
            span = chunk.start + start, chunk.start + end
            sentence = Evidence(Passage(chunk, 1.0), *span, chunk.text[start:end], 1.0)
            openings.append(sentence)
            heading = _heading_before(sentence, chunk)
            if heading is not None and heading != last:
                last = heading
                sections.append(sentence if sentence.is_row else replace(sentence, lead=heading))
    if len(sections) >= _SECTIONS:
        return sections[:_MOST_SECTIONS]
    return openings[:_SENTENCES]


def draft_summary(title: str, language: str, sentences: Sequence[Evidence]) -> Iterator[str | Mark]:
    """Yield an introduction in `language`, and the sentences with their marks."""
    words = phrases(language)
    in_sections = len(sentences) >= _SECTIONS
    yield (words.summary_in_sections if in_sections else words.summary).format(title=title)
    for position in range(len(sentences)):
        yield from quoted(sentences, position, language)


def _heading_before(sentence: Evidence, chunk: Chunk) -> Excerpt | None:
    """Return the words of the heading in the chunk that a sentence stands under."""
    headings = [b for b in chunk.blocks if b.kind == "heading" and b.end <= sentence.start]
    return _words(headings[-1], chunk) if headings else None


def _words(heading: Block, chunk: Chunk) -> Excerpt:
    start, end = heading_words((heading.start - chunk.start, heading.end - chunk.start), chunk.text)
    return Excerpt(chunk.start + start, chunk.start + end, chunk.text[start:end])

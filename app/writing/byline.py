"""Answers from what a file states of itself: its author, its date and its publisher."""

from collections.abc import Iterator, Sequence

from app.evidence.evidence import Evidence
from app.phrases import phrases
from app.question.names import names_in, share_of_names
from app.writing.citations import Mark
from app.writing.extractive import quoted
from index.chunking import Chunk, quotable_spans
from index.folder.article import ArticleInfo
from index.search import Passage


def is_meant(question: str, info: ArticleInfo, chunks: Sequence[Chunk]) -> bool:
    """Whether an article states something of itself and has all names of the question."""
    text = "\n".join([info.source, info.title, *(chunk.text for chunk in chunks)])
    return bool(chunks and _stated(info)) and share_of_names(names_in(question), text) == 1


def stated(info: ArticleInfo, chunks: Sequence[Chunk], text: str) -> list[Evidence]:
    """Return where the file has what it states of itself, or else how it begins.

    Where the words stand in its `text` they are quoted from there, from a header as well.
    """
    chunk = chunks[0]
    passage = Passage(chunk, 1.0)
    places = ((text.find(value), value) for value in _stated(info).values())
    found = [
        Evidence(passage, start, start + len(value), value, 1.0)
        for start, value in places
        if start >= 0
    ]
    if found:
        return found
    start, end = next(iter(quotable_spans(chunk)), (chunk.text_start, len(chunk.text)))
    return [Evidence(passage, chunk.start + start, chunk.start + end, chunk.text[start:end], 1.0)]


def draft_byline(
    info: ArticleInfo, language: str, evidence: Sequence[Evidence], told: int
) -> Iterator[str | Mark]:
    """Yield what a file states of itself, the first `told` of the evidence, and what it says.

    A mark stands only beside what the text has; the properties of a file are not in its text.
    What it says is the sentence that answers best, if one does: "who wrote the song" may ask for
    the author of the article or of the song.
    """
    words = phrases(language)
    own = _stated(info)
    yield words.byline.format(title=info.title)
    if evidence[0].text not in own.values():  # it only opens the article
        yield " "
        yield Mark(0)
    for field, value in own.items():
        yield f"\n\n{words.stated[field]}: {value} "
        yield from (Mark(p) for p in range(told) if evidence[p].text == value)
    if len(evidence) > told:
        yield "\n\n" + words.found
        yield from quoted(evidence, told, language)


def _stated(info: ArticleInfo) -> dict[str, str]:
    """Return what a file states of itself, by field."""
    fields = {"author": info.author, "published": info.published, "publisher": info.publisher}
    return {field: value for field, value in fields.items() if value}

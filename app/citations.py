"""From marks to citations: the one place that decides what a mark stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.answer import Citation, Piece
from app.evidence import Evidence
from index.articles import ArticleInfo


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to the evidence at this place in the ranking, counted from 0."""

    evidence: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as it stands in the corpus folder now."""

    info: ArticleInfo
    text: str


def resolve(
    draft: Iterable[str | Mark],
    evidence: Sequence[Evidence],
    sources: Mapping[str, SourceText],
) -> Iterator[Piece]:
    """Turn a draft's marks into numbered citations, by first use.

    A mark stays only if its evidence exists and its words stand in the source at their place;
    a mark that repeats the one before it is dropped.
    """
    citations: dict[int, Citation] = {}
    last: Citation | None = None
    for part in draft:
        if isinstance(part, str):
            if part:
                last = None
                yield Piece(part)
            continue
        if part.evidence not in citations:
            if not 0 <= part.evidence < len(evidence):
                continue
            cited = evidence[part.evidence]
            if not stands(cited, sources):
                continue
            source = sources[cited.passage.chunk.source]
            citations[part.evidence] = _cite(len(citations) + 1, cited, source)
        citation = citations[part.evidence]
        if citation is not last:
            last = citation
            yield Piece(f"[{citation.number}]", citation)


def stands(evidence: Evidence, sources: Mapping[str, SourceText]) -> bool:
    """Whether the words of the evidence stand in their source, to the letter, at their place."""
    source = sources.get(evidence.passage.chunk.source)
    return source is not None and source.text[evidence.start : evidence.end] == evidence.text


def _cite(number: int, evidence: Evidence, source: SourceText) -> Citation:
    info = source.info
    return Citation(
        number=number,
        source=info.source,
        title=info.title,
        language=info.language,
        url=info.url,
        published=info.published,
        encoding=info.encoding,
        start=evidence.start,
        end=evidence.end,
        line_start=source.text.count("\n", 0, evidence.start) + 1,
        line_end=source.text.count("\n", 0, evidence.end) + 1,
        quote=evidence.text,
    )

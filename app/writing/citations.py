"""From marks to citations: the one place that decides what a mark stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.agreement import Findings
from app.answer import Agreement, Citation, Conflict, ConflictingValue, Piece, Statement
from app.evidence.evidence import Evidence, Part
from index.folder.article import ArticleInfo
from index.folder.formats.extracted import Extracted


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to the evidence at this position in the ranking, from 0, or a part of it."""

    position: int
    part: Part = "itself"


@dataclass(frozen=True, slots=True)
class Claim:
    """The end of a sentence that a model wrote, and the evidence that supports it, if any.

    Unlike a quotation it may have no support; a warning then takes the place of the marks.
    """

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SourceTitle:
    """The title of the article that the evidence at this position in the ranking stands in."""

    position: int


Draft = Iterable[str | Mark | Claim | SourceTitle]
"""An answer before its marks are citations."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as it stands in the corpus folder now."""

    info: ArticleInfo
    extracted: Extracted


class Citations:
    """The citations of one answer, numbered by first use."""

    def __init__(self, sources: Mapping[str, SourceText]) -> None:
        self._sources = sources
        self._by_span: dict[tuple[str, int, int], Citation] = {}

    def cite(self, evidence: Evidence) -> Citation | None:
        """Return the citation of some evidence, or None if its words do not stand."""
        span = _span(evidence)
        if span not in self._by_span:
            if not stands(evidence, self._sources):
                return None
            number = len(self._by_span) + 1
            self._by_span[span] = _citation(number, evidence, self._sources[evidence.source])
        return self._by_span[span]

    def title(self, evidence: Evidence) -> str:
        """Return the title of the source that some evidence stands in."""
        return self._sources[evidence.source].info.title

    def numbers(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the numbers of the evidence that was cited, in order."""
        cited = {self._by_span.get(_span(each)) for each in evidence}
        return tuple(sorted(citation.number for citation in cited if citation is not None))


def resolve(
    draft: Draft, evidence: Sequence[Evidence], citations: Citations, warning: str = ""
) -> Iterator[Piece | Statement]:
    """Turn a draft's marks into citations.

    A mark stays only if its evidence exists and its words stand in the source at their place; a
    mark that repeats the one before it is dropped. A claim becomes its marks, or `warning`.
    """
    length = 0
    last: Citation | None = None
    for part in draft:
        end = length
        pieces = _pieces(part, evidence, citations, warning)
        for piece in pieces:
            if piece.citation is None or piece.citation is not last:
                last = piece.citation
                length += len(piece.text)
                yield piece
        if isinstance(part, Claim):
            numbers = tuple(piece.citation.number for piece in pieces if piece.citation)
            yield Statement(end - len(part.text), end, bool(numbers), numbers)


def _pieces(
    part: str | Mark | Claim | SourceTitle,
    evidence: Sequence[Evidence],
    citations: Citations,
    warning: str,
) -> list[Piece]:
    if isinstance(part, str):
        return [Piece(part)] if part else []
    if isinstance(part, SourceTitle):
        return [Piece(citations.title(evidence[part.position]))]
    if isinstance(part, Mark):
        is_known = 0 <= part.position < len(evidence)
        marked = evidence[part.position].part(part.part) if is_known else None
        return _marks([marked] if marked else [], citations)
    marks = _marks(part.evidence, citations)
    return [Piece(" "), *marks] if marks else [Piece(f" {warning}", is_warning=True)]


def _marks(evidence: Iterable[Evidence], citations: Citations) -> list[Piece]:
    cited = dict.fromkeys(filter(None, map(citations.cite, evidence)))
    return [Piece(f"[{citation.number}]", citation) for citation in cited]


def stands(evidence: Evidence, sources: Mapping[str, SourceText]) -> bool:
    """Whether the words of the evidence stand in their source, to the letter, at their place."""
    source = sources.get(evidence.source)
    return (
        source is not None and source.extracted.text[evidence.start : evidence.end] == evidence.text
    )


def independent(
    findings: Findings, evidence: Sequence[Evidence], sources: Mapping[str, SourceText]
) -> Findings:
    """Return the findings without agreements between articles that all print one story."""

    def story(position: int) -> str:
        info = sources[evidence[position].source].info
        return info.story or info.source

    kept = (a for a in findings.agreements if len({story(p) for p in a.positions}) > 1)
    return replace(findings, agreements=tuple(kept))


def cited_agreements(
    findings: Findings, evidence: Sequence[Evidence], citations: Citations
) -> tuple[Agreement, ...]:
    """Return the agreements of which an answer cites two sources or more."""
    agreements = (
        Agreement(shared.statement, citations.numbers(evidence[p] for p in shared.positions))
        for shared in findings.agreements
    )
    return tuple(agreement for agreement in agreements if len(agreement.citations) > 1)


def cited_conflicts(
    findings: Findings, evidence: Sequence[Evidence], citations: Citations
) -> tuple[Conflict, ...]:
    """Return the conflicts of which an answer cites the sources of every value."""
    conflicts = (
        Conflict(
            difference.subject,
            tuple(
                ConflictingValue(
                    stated.value, citations.numbers(evidence[p] for p in stated.positions)
                )
                for stated in difference.values
            ),
        )
        for difference in findings.conflicts
    )
    return tuple(c for c in conflicts if all(value.citations for value in c.values))


def _span(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.source, evidence.start, evidence.end


def _citation(number: int, evidence: Evidence, source: SourceText) -> Citation:
    info, extracted = source.info, source.extracted
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
        line_start=extracted.text.count("\n", 0, evidence.start) + 1,
        line_end=extracted.text.count("\n", 0, evidence.end) + 1,
        page=extracted.page(evidence.start),
        paragraph=extracted.paragraph(evidence.start),
        place=extracted.place(evidence.start),
        quote=evidence.text,
        context=evidence.lead.text if evidence.lead else None,
        copies=evidence.passage.copies,
    )

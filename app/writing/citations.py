"""From marks to citations: the one place that decides what a mark stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.agreement import Findings
from app.answer import Agreement, Citation, Conflict, ConflictingValue, Piece, Statement
from app.evidence.ranking import Evidence
from index.folder.corpus import ArticleInfo
from index.folder.formats.extracted import Extracted


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to the evidence at this place in the ranking, counted from 0."""

    evidence: int


@dataclass(frozen=True, slots=True)
class Claim:
    """The end of a sentence that a model wrote, and what in the articles carries it, if anything.

    Unlike a quotation it may rest on nothing: then a warning takes the place of the marks.
    """

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as it stands in the corpus folder now."""

    info: ArticleInfo
    extracted: Extracted


def resolve(
    draft: Iterable[str | Mark | Claim],
    evidence: Sequence[Evidence],
    sources: Mapping[str, SourceText],
    warning: str = "",
) -> Iterator[Piece | Statement]:
    """Turn a draft's marks into numbered citations, by first use.

    A mark stays only if its evidence exists and its words stand in the source at their place;
    a mark that repeats the one before it is dropped. A claim becomes its marks, or `warning`.
    """
    numbered = _Numbered(sources)
    last: Citation | None = None
    length = 0
    for part in draft:
        pieces: list[Piece] = []
        statement: Statement | None = None
        if isinstance(part, str):
            pieces = [Piece(part)] if part else []
        elif isinstance(part, Mark):
            known = 0 <= part.evidence < len(evidence)
            citation = numbered.citation(evidence[part.evidence]) if known else None
            if citation is not None and citation is not last:
                pieces = [Piece(f"[{citation.number}]", citation)]
        else:
            found = filter(None, map(numbered.citation, part.evidence))
            cited = list(dict.fromkeys(found))
            statement = Statement(
                length - len(part.text), length, bool(cited), tuple(c.number for c in cited)
            )
            pieces = [Piece(" ")] + [Piece(f"[{c.number}]", c) for c in cited]
            if not cited:
                pieces = [Piece(f" {warning}", is_warning=True)]
        for piece in pieces:
            last = piece.citation
            length += len(piece.text)
            yield piece
        if statement is not None:
            yield statement


class _Numbered:
    """The citations of one answer, numbered by first use."""

    def __init__(self, sources: Mapping[str, SourceText]) -> None:
        self._sources = sources
        self._known: dict[tuple[str, int, int], Citation] = {}

    def citation(self, evidence: Evidence) -> Citation | None:
        """Return the citation of some evidence, or None if its words do not stand."""
        source = evidence.passage.chunk.source
        span = source, evidence.start, evidence.end
        if span not in self._known:
            if not stands(evidence, self._sources):
                return None
            number = len(self._known) + 1
            self._known[span] = _cite(number, evidence, self._sources[source])
        return self._known[span]


def stands(evidence: Evidence, sources: Mapping[str, SourceText]) -> bool:
    """Whether the words of the evidence stand in their source, to the letter, at their place."""
    source = sources.get(evidence.passage.chunk.source)
    return (
        source is not None and source.extracted.text[evidence.start : evidence.end] == evidence.text
    )


def independent(
    findings: Findings, evidence: Sequence[Evidence], sources: Mapping[str, SourceText]
) -> Findings:
    """Return the findings without the agreements of articles that print one story with itself."""

    def story(place: int) -> str:
        info = sources[evidence[place].passage.chunk.source].info
        return info.story or info.source

    kept = (a for a in findings.agreements if len({story(place) for place in a.places}) > 1)
    return replace(findings, agreements=tuple(kept))


def cited_agreements(
    findings: Findings, evidence: Sequence[Evidence], pieces: Sequence[Piece]
) -> tuple[Agreement, ...]:
    """Return the agreements whose sources an answer cites, two or more of each."""
    agreements = (
        Agreement(shared.statement, _numbers(shared.places, evidence, pieces))
        for shared in findings.agreements
    )
    return tuple(agreement for agreement in agreements if len(agreement.citations) > 1)


def cited_conflicts(
    findings: Findings, evidence: Sequence[Evidence], pieces: Sequence[Piece]
) -> tuple[Conflict, ...]:
    """Return the conflicts of which an answer cites each value's sources."""
    conflicts = (
        Conflict(
            difference.subject,
            tuple(
                ConflictingValue(stated.value, _numbers(stated.places, evidence, pieces))
                for stated in difference.values
            ),
        )
        for difference in findings.conflicts
    )
    return tuple(c for c in conflicts if all(value.citations for value in c.values))


def _numbers(
    places: Sequence[int], evidence: Sequence[Evidence], pieces: Sequence[Piece]
) -> tuple[int, ...]:
    """Return the numbers by which an answer cites the evidence at `places`."""
    spans = {
        (evidence[place].passage.chunk.source, evidence[place].start, evidence[place].end)
        for place in places
    }
    cited = {piece.citation for piece in pieces if piece.citation is not None}
    return tuple(sorted(c.number for c in cited if (c.source, c.start, c.end) in spans))


def _cite(number: int, evidence: Evidence, source: SourceText) -> Citation:
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
        quote=evidence.text,
        copies=evidence.passage.copies,
    )

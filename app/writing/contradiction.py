"""How an answer shows that sources contradict each other: each value, with who says so."""

from collections.abc import Iterator, Sequence

from app.agreement import Difference, Findings, Stated
from app.evidence.evidence import Evidence
from app.phrases import phrases
from app.writing.citations import Mark, SourceTitle


def of_the_best(findings: Findings) -> list[Difference]:
    """Return the contradictions that the best evidence is part of."""
    return [
        conflict
        for conflict in findings.conflicts
        if any(0 in stated.positions for stated in conflict.values)
    ]


def contradiction(
    conflict: Difference, evidence: Sequence[Evidence], language: str
) -> Iterator[str | Mark | SourceTitle]:
    """Yield that sources contradict each other, and a paragraph for each value: who gives it."""
    yield phrases(language).differ
    for stated in by_support(conflict, evidence):
        yield f"\n\n{stated.value.strip()} — "
        for i, source in enumerate(_sources(stated, evidence)):
            own = [p for p in stated.positions if evidence[p].source == source]
            yield ", " if i else ""
            yield SourceTitle(own[0])
            yield " "
            yield from map(Mark, own)


def by_support(conflict: Difference, evidence: Sequence[Evidence]) -> list[Stated]:
    """Return the values that contradict each other; the one that most sources give comes first."""
    return sorted(conflict.values, key=lambda stated: -len(_sources(stated, evidence)))


def _sources(stated: Stated, evidence: Sequence[Evidence]) -> list[str]:
    return list(dict.fromkeys(evidence[position].source for position in stated.positions))

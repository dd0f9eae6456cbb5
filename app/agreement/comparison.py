"""Compares the sentences of different sources, and collects what is found."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from app.agreement.alike import alike
from app.agreement.findings import Difference, Findings, Shared, Stated
from app.agreement.focus import Focus
from app.agreement.holders import contradictions
from app.agreement.relations import Relation, is_same_value, relate
from app.agreement.stated_figures import StatedFigure, stated_figures
from app.evidence.evidence import Evidence
from app.question.question import Question
from index.encoder.embedding import SentenceEncoder


def compare(
    question: Question, evidence: Sequence[Evidence], encoder: SentenceEncoder | None = None
) -> Findings:
    """Compare what the sentences of different sources say about what is asked.

    With an encoder, sentences that state the same without a figure are found as well.
    """
    focus = Focus(question)
    stated = [
        figure
        for position, sentence in enumerate(evidence)
        for figure in stated_figures(position, sentence)
        if focus.may_concern(figure)
    ]
    relations = {
        (a, b): relation
        for a, b in combinations(range(len(stated)), 2)
        if (relation := relate(focus, stated[a], stated[b])) is not None
    }
    relations = _without_asides(focus, stated, relations)
    opposed = {i for pair, relation in relations.items() if relation == "conflict" for i in pair}
    agreements: list[Shared] = []
    variations: list[Difference] = []
    conflicts: list[Difference] = []
    for group in _connected(len(stated), relations):
        members = [stated[i] for i in group]
        values = _values(members)
        agreements += _agreements(values, evidence)
        if not any(map(focus.asks_for, members)):
            continue
        in_conflict = {stated[i].position for i in group if i in opposed}
        subject = _subject(question, members)
        if in_conflict:
            against = tuple(value for value in values if in_conflict & set(value.positions))
            conflicts.append(Difference(subject, against))
        elif len(values) > 1:
            variations.append(Difference(subject, tuple(values)))
    conflicts += contradictions(question.text, focus, evidence)
    if encoder is not None and len(evidence) > 1:
        taken = {position for shared in agreements for position in shared.positions}
        agreements += alike(focus, evidence, taken, encoder)
    return Findings(tuple(_largest(agreements)), tuple(variations), tuple(conflicts))


def _without_asides(
    focus: Focus, stated: Sequence[StatedFigure], relations: Mapping[tuple[int, int], Relation]
) -> dict[tuple[int, int], Relation]:
    """Return the relations without conflicts between sentences that agree on what is asked for.

    What else such a sentence counts is of something else.
    """

    def places(pair: tuple[int, int]) -> tuple[int, int]:
        return stated[pair[0]].position, stated[pair[1]].position

    agreed = {
        places(pair)
        for pair, relation in relations.items()
        if relation == "same" and all(focus.asks_for(stated[i]) for i in pair)
    }
    return {
        pair: relation
        for pair, relation in relations.items()
        if relation != "conflict" or places(pair) not in agreed
    }


def _connected(count: int, relations: Mapping[tuple[int, int], Relation]) -> Iterator[list[int]]:
    """Yield the groups of figures that are related, directly or through others."""
    group = list(range(count))
    for a, b in relations:
        old, new = group[b], group[a]
        group = [new if g == old else g for g in group]
    for g in dict.fromkeys(group):
        members = [i for i in range(count) if group[i] == g]
        if len(members) > 1:
            yield members


def _values(stated: Sequence[StatedFigure]) -> list[Stated]:
    """Return the different values of some figures, with the positions of each."""
    different: list[list[StatedFigure]] = []
    for figure in stated:
        for same in different:
            if is_same_value(same[0].figure, figure.figure):
                same.append(figure)
                break
        else:
            different.append([figure])
    return [
        Stated(same[0].text, tuple(dict.fromkeys(figure.position for figure in same)))
        for same in different
    ]


def _agreements(values: Sequence[Stated], evidence: Sequence[Evidence]) -> Iterator[Shared]:
    """Yield the values that several sources give."""
    for value in values:
        if len({evidence[position].source for position in value.positions}) > 1:
            yield Shared(evidence[value.positions[0]].text, value.positions)


def _subject(question: Question, stated: Sequence[StatedFigure]) -> str:
    """Return what some figures are about: the product that all of them name, or the question."""
    products = {figure.subject.product for figure in stated} - {None}
    return str(products.pop()).capitalize() if len(products) == 1 else question.text


def _largest(shared: Sequence[Shared]) -> list[Shared]:
    """Return the statements whose sentences are not all among those of another."""
    kept: list[Shared] = []
    for one in sorted(shared, key=lambda s: -len(s.positions)):
        if not any(set(one.positions) <= set(other.positions) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.positions)

"""Compares the sentences of different sources, and puts together what is found."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from app.agreement.alike import SentenceEncoder, alike
from app.agreement.findings import Difference, Findings, Shared, Stated
from app.agreement.focus import Asked
from app.agreement.holders import contradictions
from app.agreement.relations import Relation, is_same_value, relate
from app.agreement.stated_figures import Claim, claims
from app.evidence.ranking import Evidence
from app.question.question import Question

_Pair = tuple[int, int]


def compare(
    question: Question, evidence: Sequence[Evidence], encoder: SentenceEncoder | None = None
) -> Findings:
    """Compare what the sentences of different sources say of what is asked.

    With an encoder, sentences that state the same without a figure are found as well.
    """
    asked = Asked(question)
    stated = [
        claim
        for place, sentence in enumerate(evidence)
        for claim in claims(place, sentence)
        if asked.concerns(claim)
    ]
    relations = {
        (a, b): relation
        for a, b in combinations(range(len(stated)), 2)
        if (relation := relate(asked, stated[a], stated[b])) is not None
    }
    opposed = {i for pair, relation in relations.items() if relation == "conflict" for i in pair}
    agreements: list[Shared] = []
    variations: list[Difference] = []
    conflicts: list[Difference] = []
    for group in _connected(len(stated), relations):
        members = [stated[i] for i in group]
        values = _values(members)
        agreements += [
            Shared(evidence[value.places[0]].text, value.places)
            for value in values
            if len({evidence[place].passage.chunk.source for place in value.places}) > 1
        ]
        places = {stated[i].place for i in group if i in opposed}
        subject = _subject(question, members)
        if places:
            against = tuple(value for value in values if places & set(value.places))
            conflicts.append(Difference(subject, against))
        elif len(values) > 1:
            variations.append(Difference(subject, tuple(values)))
    conflicts += contradictions(question.text, asked, evidence)
    if encoder is not None and len(evidence) > 1:
        taken = {place for shared in agreements for place in shared.places}
        agreements += alike(asked, evidence, taken, encoder)
    return Findings(tuple(_largest(agreements)), tuple(variations), tuple(conflicts))


def _connected(count: int, relations: Mapping[_Pair, Relation]) -> Iterator[list[int]]:
    """Yield the groups of claims that are related, directly or through others."""
    group = list(range(count))
    for a, b in relations:
        old, new = group[b], group[a]
        group = [new if g == old else g for g in group]
    for g in dict.fromkeys(group):
        members = [i for i in range(count) if group[i] == g]
        if len(members) > 1:
            yield members


def _values(stated: Sequence[Claim]) -> list[Stated]:
    """Return the different values of some claims, with the places of each."""
    different: list[list[Claim]] = []
    for claim in stated:
        for same in different:
            if is_same_value(same[0].figure, claim.figure):
                same.append(claim)
                break
        else:
            different.append([claim])
    return [
        Stated(same[0].text, tuple(dict.fromkeys(claim.place for claim in same)))
        for same in different
    ]


def _subject(question: Question, stated: Sequence[Claim]) -> str:
    """Return what the claims are about: the product that all name, or the question."""
    products = {claim.about.product for claim in stated} - {None}
    return str(products.pop()).capitalize() if len(products) == 1 else question.text


def _largest(shared: Sequence[Shared]) -> list[Shared]:
    """Return the statements whose places are not all among those of another."""
    kept: list[Shared] = []
    for one in sorted(shared, key=lambda s: -len(s.places)):
        if not any(set(one.places) <= set(other.places) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.places)

"""Sentences that state the same in other words, without a figure or with the same ones."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Protocol

from app.agreement.findings import Shared
from app.agreement.focus import Asked
from app.agreement.names import is_product, names
from app.agreement.stems import overlap
from app.evidence.ranking import Evidence
from index.encoder.embedding import Vectors
from index.language.figures import Figure, figures

# Of two sentences that state the same, in two languages and in one, where they look more alike;
# fitted with tests/quality/measure_agreement.py to the bundled encoder.
_SAME_ACROSS = 0.91
_SAME_WITHIN = 0.95
_SAME_NAMES = 0.5  # share of the shorter sentence's names that are in the other


class SentenceEncoder(Protocol):
    """What comparing sentences across languages needs of an encoder."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector for each text."""
        ...


class _Sentence:
    """What of a sentence must not differ."""

    def __init__(self, evidence: Evidence, asked: Asked) -> None:
        chunk = evidence.passage.chunk
        self.source, self.language = chunk.source, chunk.language
        self.figures = figures(evidence.text, chunk.language)
        self.names = names(evidence.text)
        self.products = {name for name in self.names if is_product(name)}
        self.asked_names = self.names & asked.names

    def may_state_the_same(self, other: "_Sentence") -> bool:
        return (
            self.source != other.source
            and self.products == other.products
            and self.asked_names == other.asked_names
            and (overlap(self.names, other.names) >= _SAME_NAMES or not self.names | other.names)
            and _are_among(self.figures, other.figures)
            and _are_among(other.figures, self.figures)
        )


def alike(
    asked: Asked, evidence: Sequence[Evidence], taken: set[int], encoder: SentenceEncoder
) -> Iterator[Shared]:
    """Yield the best sentence with those of other sources that state the same in other words.

    Places that are taken are left out.
    """
    sentences = [_Sentence(sentence, asked) for sentence in evidence]
    pairs = [
        (a, b)
        for a, b in combinations(range(len(sentences)), 2)
        if not taken & {a, b} and sentences[a].may_state_the_same(sentences[b])
    ]
    # Encoding takes as long as all the rest, and most sentences differ in a name or a figure.
    compared = sorted({place for pair in pairs for place in pair})
    if not compared:
        return
    vectors = dict(
        zip(compared, encoder.encode_passages([evidence[i].text for i in compared]), strict=True)
    )
    near = [
        (a, b)
        for a, b in pairs
        if vectors[a] @ vectors[b]
        >= (_SAME_WITHIN if sentences[a].language == sentences[b].language else _SAME_ACROSS)
    ]
    taken = set(taken)
    for best in compared:
        same = [b for a, b in near if a == best and b not in taken]
        if same and best not in taken:
            taken |= {best, *same}
            yield Shared(evidence[best].text, (best, *same))


def _are_among(some: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether each of some figures is among others, whatever the hedge."""
    return all(any(f.kind == other.kind and f.equals(other) for other in others) for f in some)

"""Sentences that state the same in other words, without a figure or with the same ones."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from app.agreement.findings import Shared
from app.agreement.focus import Focus
from app.agreement.name_keys import is_product, name_keys
from app.agreement.stems import overlap
from app.evidence.evidence import Evidence
from index.encoder.embedding import SentenceEncoder
from index.language.figures import Figure, can_read, figures, may_measure_the_same

# Cosines of two sentences that state the same, in two languages and in one, where sentences look
# more alike. In the half of tests/quality/agreement.jsonl that is for fitting, no two sentences
# across languages that state something else come to 0.83 with the bundled encoder; in one language
# it has too few to fit to.
_SAME_ACROSS = 0.84
_SAME_WITHIN = 0.95
_SAME_NAMES = 0.5  # share of the shorter sentence's names that are in the other


class _Comparable:
    """The parts of a sentence that must not differ."""

    def __init__(self, evidence: Evidence, focus: Focus) -> None:
        chunk = evidence.passage.chunk
        self.source, self.language = chunk.source, chunk.language
        self.is_readable = can_read(chunk.language)
        self.figures = figures(evidence.text, chunk.language)
        self.names = name_keys(evidence.text)
        self.products = {name for name in self.names if is_product(name)}
        self.asked_names = self.names & focus.names

    def may_state_the_same(self, other: "_Comparable") -> bool:
        return (
            self.source != other.source
            and self.is_readable
            and other.is_readable
            and self.products == other.products
            and self.asked_names == other.asked_names
            and (overlap(self.names, other.names) >= _SAME_NAMES or not self.names | other.names)
            and _are_among(self.figures, other.figures)
            and _are_among(other.figures, self.figures)
        )


def alike(
    focus: Focus, evidence: Sequence[Evidence], taken: set[int], encoder: SentenceEncoder
) -> Iterator[Shared]:
    """Yield sentences with those of other sources that state the same in other words.

    The sentences at the positions in `taken` are left out.
    """
    sentences = [_Comparable(sentence, focus) for sentence in evidence]
    pairs = [
        (a, b)
        for a, b in combinations(range(len(sentences)), 2)
        if not taken & {a, b} and sentences[a].may_state_the_same(sentences[b])
    ]
    # Encoding takes as long as all the rest, and most sentences differ in a name or a figure.
    compared = sorted({position for pair in pairs for position in pair})
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
    """Whether each of some figures is among others, however it is hedged."""
    return all(any(may_measure_the_same(f, o) and f.equals(o) for o in others) for f in some)

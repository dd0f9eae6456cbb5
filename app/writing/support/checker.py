"""Checks each sentence of a model's answer against the passages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.evidence.calibration import Curve
from app.evidence.evidence import Evidence
from app.evidence.late_interaction import LateInteraction, TokenEncoder
from app.evidence.ranking import PassageReader
from app.writing.support.signals import Hypothesis
from index.chunking import Chunk
from index.search import Passage

FITTED = Path(__file__).with_name("support.json")
"""The calibration that comes with the program."""

_TOGETHER = 3  # passages that may support a statement together: the network reads no more


@dataclass(frozen=True, slots=True)
class SupportCalibration:
    """A curve and a threshold, fitted to true and altered statements.

    `python -m app.writing.support.training.support_fitting` fits them and writes the file.
    """

    curve: Curve  # from `SupportSignals` to whether passages support the statement
    threshold: float  # a statement with at least this probability is supported

    @classmethod
    def load(cls) -> "SupportCalibration":
        """Return the calibration that comes with the program."""
        fitted = json.loads(FITTED.read_text(encoding="utf-8"))
        return cls(Curve(**fitted["curve"]), fitted["threshold"])


class SupportChecker:
    """Decides whether passages support a statement, and finds the words that do."""

    def __init__(
        self,
        encoder: TokenEncoder,
        reader: PassageReader,
        calibration: SupportCalibration | None = None,
    ) -> None:
        self._late = LateInteraction(encoder)
        self._reader = reader
        self._calibration = calibration or SupportCalibration.load()

    def load(self) -> None:
        """Load the network."""
        self._reader.read("", [""])

    def check(
        self, text: str, language: str, passages: Sequence[Passage], cited: Sequence[int]
    ) -> tuple[Evidence, ...]:
        """Return the words that support a statement, at most one sentence of each passage.

        `cited` has the indices of the passages that the statement names. Support is looked for in
        each of these, then in all of them together, then in each of the others. Nothing is
        returned if there is none.
        """
        statement = Hypothesis(text, language)
        named = [passages[i] for i in dict.fromkeys(cited) if 0 <= i < len(passages)]
        others = [passage for passage in passages if passage not in named]
        supporting = (
            self._each(statement, named)
            or self._all_together(statement, named)
            or self._best(statement, others)
        )
        found = (self._best_words(text, passage) for passage in supporting)
        return tuple(words for words in found if words is not None)

    def _each(self, statement: Hypothesis, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Return the passages that support a statement by themselves."""
        probabilities = self._probabilities(statement, [[p.chunk] for p in passages])
        pairs = zip(passages, probabilities, strict=True)
        return [passage for passage, probability in pairs if self._is_enough(probability)]

    def _all_together(
        self, statement: Hypothesis, passages: Sequence[Passage]
    ) -> Sequence[Passage]:
        """Return all passages if they support a statement together, else none."""
        if not 1 < len(passages) <= _TOGETHER:
            return []
        (probability,) = self._probabilities(statement, [[p.chunk for p in passages]])
        return passages if self._is_enough(probability) else []

    def _best(self, statement: Hypothesis, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Return the passage that supports a statement best, if it is enough."""
        probabilities = self._probabilities(statement, [[p.chunk] for p in passages])
        best = max(range(len(passages)), key=probabilities.__getitem__, default=None)
        is_enough = best is not None and self._is_enough(probabilities[best])
        return [passages[best]] if best is not None and is_enough else []

    def _is_enough(self, probability: float) -> bool:
        return probability >= self._calibration.threshold

    def _probabilities(
        self, statement: Hypothesis, groups: Sequence[Sequence[Chunk]]
    ) -> list[float]:
        """Return the probability that each group of chunks supports the statement."""
        texts = ["\n".join(chunk.text for chunk in group) for group in groups]
        readings = self._reader.read(statement.text, texts) if texts else []
        return [
            self._calibration.curve.probability(statement.signals(group, reading.answerable))
            for group, reading in zip(groups, readings, strict=True)
        ]

    def _best_words(self, text: str, passage: Passage) -> Evidence | None:
        """Return the sentence of a passage that covers a statement best; None if there is none."""
        chunk = passage.chunk
        (covered,) = self._late.cover(text, [chunk])
        best = max(covered.sentences, key=lambda sentence: sentence.mean, default=None)
        if best is None:
            return None
        score = max(0.0, min(1.0, best.mean))
        start, end = best.start, best.end
        return Evidence(
            passage, chunk.start + start, chunk.start + end, chunk.text[start:end], score
        )

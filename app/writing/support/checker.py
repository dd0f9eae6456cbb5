"""Holds each sentence of a model's answer to the passages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.evidence.calibration import Curve
from app.evidence.evidence import Evidence
from app.evidence.late_interaction import LateInteraction, TokenEncoder
from app.evidence.ranking import PassageReader
from app.writing.support.signals import Statement
from index.chunking import Chunk
from index.search import Passage

FITTED = Path(__file__).with_name("support.json")
"""The calibration that comes with the program."""

_TOGETHER = 3  # passages that may carry a statement between them: the network reads no more


@dataclass(frozen=True, slots=True)
class SupportCalibration:
    """What was fitted to true and altered statements.

    `python -m app.writing.support.training.fitting` fits it and writes the file.
    """

    curve: Curve  # that passages carry a statement, from its `SupportSignals`
    threshold: float  # the probability from which it stands

    @classmethod
    def load(cls) -> "SupportCalibration":
        """Return the calibration that comes with the program."""
        fitted = json.loads(FITTED.read_text(encoding="utf-8"))
        return cls(Curve(**fitted["curve"]), fitted["threshold"])


class SupportChecker:
    """Decides whether passages carry a statement, and finds the words that do."""

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
        """Return the words that carry a statement, at most one sentence of a passage.

        `cited` are the places of the passages that the statement names: what carries it is looked
        for in each of them, in all of them together, and then in each of the others. Nothing is
        returned where nothing carries it.
        """
        statement = Statement(text, language)
        named = [passages[i] for i in dict.fromkeys(cited) if 0 <= i < len(passages)]
        chances = self._chances(statement, [[passage.chunk] for passage in named])
        carriers = [p for p, chance in zip(named, chances, strict=True) if self._stands(chance)]
        if not carriers and 1 < len(named) <= _TOGETHER:
            (chance,) = self._chances(statement, [[passage.chunk for passage in named]])
            carriers = named if self._stands(chance) else []
        if not carriers:
            others = [passage for passage in passages if passage not in named]
            chances = self._chances(statement, [[passage.chunk] for passage in others])
            best = max(range(len(others)), key=chances.__getitem__, default=None)
            carriers = [] if best is None or not self._stands(chances[best]) else [others[best]]
        found = (self._best_words(text, passage) for passage in carriers)
        return tuple(words for words in found if words is not None)

    def _stands(self, chance: float) -> bool:
        return chance >= self._calibration.threshold

    def _chances(self, statement: Statement, groups: Sequence[Sequence[Chunk]]) -> list[float]:
        """Return, for each group of chunks, the chance that it carries the statement."""
        texts = ["\n".join(chunk.text for chunk in group) for group in groups]
        readings = self._reader.read(statement.text, texts) if texts else []
        return [
            self._calibration.curve.probability(statement.signals(group, reading.answerable))
            for group, reading in zip(groups, readings, strict=True)
        ]

    def _best_words(self, text: str, passage: Passage) -> Evidence | None:
        """Return the sentence of a passage that covers a statement best; None if it has none."""
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

"""From the signals of a sentence to the probability that it answers."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

SHIPPED = Path(__file__).with_name("calibration.json")
"""The calibration that comes with the program; `python -m app.evidence.fitting` writes it."""

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals that a sentence answers a question; the higher, the likelier."""

    late: float  # how well it covers the question: a mean of cosines
    least: float  # how well it covers the tokens of the question that it covers worst
    around: float = 0.0  # how well it covers them with the sentences before and after it
    figure: float = 1.0  # 0 if a figure is asked for and it has none
    version: float = 1.0  # 0 if it is about another version of what is asked about
    share: float = 0.0  # log of the probability that it has the answer, if its passage has it
    answerable: float = 0.0  # the reader's logit that its passage answers
    answers: float = 0.0  # the reader's logit that the sentence does
    nearness: float = 0.0  # cosine of its passage with the question


NO_SIGNALS = Signals(late=0.0, least=0.0)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Signals that the best of some sentences answers; the higher, the likelier.

    Where the reader sees an answer in many of them, it is likelier that there is one.
    """

    late: float
    least: float
    around: float
    figure: float
    version: float
    answerable: float
    answers: float
    nearness: float
    mean_answerable: float  # of all the sentences
    mean_answers: float

    @classmethod
    def of(cls, ranked: Sequence[Signals]) -> "Outlook":
        """Return the outlook for sentences, given by their signals, the best first."""
        best = asdict(ranked[0])
        own = {field.name: best[field.name] for field in fields(cls) if field.name in best}
        return cls(
            **own,
            mean_answerable=fmean(signals.answerable for signals in ranked),
            mean_answers=fmean(signals.answers for signals in ranked),
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over signals."""

    weights: Mapping[str, float]  # by the name of the signal; a missing one has no weight
    intercept: float

    def logit(self, signals: "DataclassInstance") -> float:
        """Return the log of the odds for signals: a dataclass of numbers."""
        values: dict[str, float] = asdict(signals)
        return self.intercept + sum(w * values[name] for name, w in self.weights.items())

    def probability(self, signals: "DataclassInstance") -> float:
        """Return the probability, between 0 and 1."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.logit(signals)))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Curves fitted to questions of known outcome, for one encoder, with or without the reader."""

    encoder: str  # the name of the encoder whose vectors it was fitted to
    sentence: Curve  # whether a sentence answers; sentences are ranked by it
    answer: Curve  # whether the best sentence answers, by their outlook; it decides on refusal
    threshold: float  # below this probability the answer is refused
    following: Curve | None = None  # as `sentence`, where the question leans on those before it

    @classmethod
    def load(cls, *, with_reader: bool) -> "Calibration":
        """Return the calibration that comes with the program."""
        fitted = json.loads(SHIPPED.read_text(encoding="utf-8"))
        curves = fitted["with reader" if with_reader else "without reader"]
        return cls(
            encoder=fitted["encoder"],
            sentence=Curve(**curves["sentence"]),
            answer=Curve(**curves["answer"]),
            threshold=curves["threshold"],
            following=Curve(**curves["following"]) if "following" in curves else None,
        )

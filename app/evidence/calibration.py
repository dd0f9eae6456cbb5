"""From what speaks for a sentence to the chance that it answers."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

SHIPPED = Path(__file__).with_name("calibration.json")
"""The calibration that comes with the program; `python -m app.evidence.fitting` writes it."""

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence."""

    late: float  # how it covers the question: a mean of cosines
    least: float  # how it covers those of the question's tokens that it covers worst
    around: float = 0.0  # how it does together with the sentences before and after it
    named: float = 1.0  # share of the question's names and figures that are in its passage
    figure: float = 1.0  # 0 where a figure is asked for and it lacks one
    unit: float = 1.0  # 0 where it lacks a figure in the unit, or of the things, that are asked for
    version: float = 1.0  # 0 where it is about another version of what is asked about
    share: float = 0.0  # log of the probability that the answer is in it, if in its passage
    answerable: float = 0.0  # the reader's logit that its passage answers


NO_SIGNALS = Signals(late=0.0, least=0.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over signals."""

    weights: Mapping[str, float]  # by the signal's name; one that is missing counts nothing
    intercept: float

    def logit(self, signals: "DataclassInstance") -> float:
        """Return the log of the odds, of a dataclass of numbers."""
        values: dict[str, float] = asdict(signals)
        return self.intercept + sum(w * values[name] for name, w in self.weights.items())

    def probability(self, signals: "DataclassInstance") -> float:
        """Return the chance, between 0 and 1."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, self.logit(signals)))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted to questions of known outcome, for one encoder, with or without the reader.

    Fitted by `python -m app.evidence.fitting`, which writes the file beside this one.
    """

    encoder: str  # for whose vectors it holds
    sentence: Curve  # that a sentence answers the question: by this they are ranked
    answer: Curve  # that the best sentence does: by this an answer is given or refused
    threshold: float  # the probability below which it is refused

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
        )

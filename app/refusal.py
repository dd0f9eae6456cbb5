"""Whether the evidence answers the question, or the articles do not say."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.evidence import Evidence

Reason = Literal["no evidence", "weak evidence"]
"""Why an answer was refused: nothing was found, or nothing that seems to answer."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve from the best sentence's score to the chance that it answers.

    Fitted by `python -m tests.quality.fit_refusal`, which writes the file beside this one.
    """

    encoder: str  # for whose scores it holds
    slope: float
    intercept: float
    threshold: float  # the probability below which an answer is refused

    @classmethod
    def load(cls) -> "Calibration":
        """Return the calibration that comes with the program."""
        file = Path(__file__).with_name("refusal.json")
        return cls(**json.loads(file.read_text(encoding="utf-8")))

    def probability(self, score: float) -> float:
        """Return the chance that a sentence with this score answers its question."""
        return 1 / (1 + math.exp(-(self.slope * score + self.intercept)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision to answer (`reason` is None) or to refuse, and how sure it is."""

    probability: float  # that the evidence answers
    reason: Reason | None


def judge(evidence: list[Evidence], calibration: Calibration) -> Verdict:
    """Decide from ranked evidence whether to answer."""
    if not evidence:
        return Verdict(0.0, "no evidence")
    probability = calibration.probability(evidence[0].score)
    return Verdict(probability, None if probability >= calibration.threshold else "weak evidence")

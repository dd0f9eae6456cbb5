"""Decides whether the evidence answers the question, or the articles do not say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.evidence.calibration import Calibration, Outlook
from app.evidence.evidence import Evidence

Reason = Literal["no evidence", "weak evidence"]
"""Why an answer was refused: nothing was found, or nothing that seems to answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision to answer (`reason` is None) or to refuse, with its probability."""

    probability: float  # that the evidence answers
    reason: Reason | None


SURE = Verdict(1.0, None)


def judge(evidence: Sequence[Evidence], calibration: Calibration) -> Verdict:
    """Decide from ranked evidence whether to answer."""
    if not evidence:
        return Verdict(0.0, "no evidence")
    outlook = Outlook.of([each.signals for each in evidence])
    probability = calibration.answer.probability(outlook)
    return Verdict(probability, None if probability >= calibration.threshold else "weak evidence")

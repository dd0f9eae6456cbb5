"""A follow-up is not answered by what answered before, unless that answers far better."""

from collections.abc import Sequence

from app.evidence.calibration import Calibration
from app.evidence.evidence import Evidence
from app.evidence.refusal import judge

# What is left must answer with at least this share of the probability with what was said: the
# sentence that said what a thing is may also say how many of it there are.
_NEARLY = 0.75


def without_what_was_said(
    evidence: Sequence[Evidence], answers: Sequence[str], calibration: Calibration
) -> list[Evidence]:
    """Return ranked evidence without what earlier answers quoted, if what is left answers.

    That is, if it answers nearly as probably.
    """
    left = [each for each in evidence if not any(each.text in answer for answer in answers)]
    verdict = judge(left, calibration)
    least = _NEARLY * judge(evidence, calibration).probability
    answers_too = verdict.reason is None and verdict.probability >= least
    return left if answers_too else list(evidence)

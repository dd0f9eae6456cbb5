"""A follow-up is not answered by the sentence that answered before."""

from collections.abc import Sequence

from app.evidence.calibration import Calibration
from app.evidence.evidence import Evidence
from app.evidence.refusal import judge


def without_what_was_said(
    evidence: Sequence[Evidence], answers: Sequence[str], calibration: Calibration
) -> list[Evidence]:
    """Return ranked evidence without what earlier answers quoted, if what is left answers."""
    left = [each for each in evidence if not any(each.text in answer for answer in answers)]
    return left if judge(left, calibration).reason is None else list(evidence)

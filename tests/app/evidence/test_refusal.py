"""An answer is refused where its evidence is weak, by a curve that was fitted."""

import pytest

from app.evidence.calibration import Calibration, Curve, Signals
from app.evidence.evidence import Evidence
from app.evidence.refusal import judge
from index.chunking import Chunk
from index.search import Passage

CURVE = Curve({"late": 10}, intercept=-5)
CALIBRATION = Calibration(encoder="x", sentence=CURVE, answer=CURVE, threshold=0.5)


def evidence(score: float) -> list[Evidence]:
    passage = Passage(Chunk("0", "a.md", 0, 1, "a", "en"), 1)
    return [Evidence(passage, 0, 1, "a", 1.0, signals=Signals(late=score, least=0))]


@pytest.mark.parametrize(
    ("score", "probability", "reason"),
    [
        (0.0, 0.0067, "weak evidence"),
        (0.49, 0.475, "weak evidence"),
        (0.5, 0.5, None),
        (1, 0.9933, None),
    ],
)
def test_the_best_score_decides(score: float, probability: float, reason: str | None) -> None:
    verdict = judge(evidence(score), CALIBRATION)
    assert verdict.probability == pytest.approx(probability, abs=1e-4)
    assert verdict.reason == reason


def test_without_evidence_there_is_no_answer() -> None:
    assert judge([], CALIBRATION).reason == "no evidence"
    assert judge([], CALIBRATION).probability == 0

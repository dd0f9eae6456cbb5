"""An answer is refused where its evidence is weak, by a curve that was fitted."""

import pytest

from app.evidence import Evidence
from app.refusal import Calibration, judge
from index.bundled_model import NAME
from index.chunking import Chunk
from index.search import Passage

CURVE = Calibration(encoder="x", slope=10, intercept=-5, threshold=0.5)


def evidence(score: float) -> list[Evidence]:
    return [Evidence(Passage(Chunk("0", "a.md", 0, 1, "a", "en"), 1), 0, 1, "a", score)]


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
    verdict = judge(evidence(score), CURVE)
    assert verdict.probability == pytest.approx(probability, abs=1e-4)
    assert verdict.reason == reason


def test_without_evidence_there_is_no_answer() -> None:
    assert judge([], CURVE).reason == "no evidence"
    assert judge([], CURVE).probability == 0


def test_the_curve_that_is_shipped_was_fitted_to_the_bundled_model_and_rises() -> None:
    shipped = Calibration.load()
    assert shipped.encoder == NAME
    assert shipped.slope > 0
    assert 0 < shipped.threshold < 1
    assert shipped.probability(0) < shipped.threshold < shipped.probability(1)

"""A fitted curve finds the truth, ignores noise, and has no negative weight."""

import numpy as np
import pytest
from numpy.typing import NDArray

from app.evidence.curve_fitting import fit_curve

DRAW = np.random.default_rng(1)
VALUES = DRAW.normal(size=(4000, 2))


def drawn_truth(logits: NDArray[np.float64]) -> list[bool]:
    probabilities = 1 / (1 + np.exp(-logits))
    return [bool(hit) for hit in np.random.default_rng(2).random(len(logits)) < probabilities]


def test_the_curve_that_drew_the_truth_is_found() -> None:
    truth = drawn_truth(1.5 * VALUES[:, 0] - 0.5)
    weights, intercept = fit_curve(VALUES, truth, [1.0] * len(truth))
    assert weights == pytest.approx([1.5, 0], abs=0.15)
    assert intercept == pytest.approx(-0.5, abs=0.15)


def test_a_signal_against_the_truth_counts_nothing() -> None:
    truth = drawn_truth(VALUES[:, 0] - 2 * VALUES[:, 1])
    weights, _ = fit_curve(VALUES, truth, [1.0] * len(truth))
    assert weights[0] > 0.3
    assert weights[1] == 0


def test_a_row_counts_as_much_as_its_weight() -> None:
    values = np.array([[0.0], [0.0]])
    _, even = fit_curve(values, [True, False], [1.0, 1.0])
    _, uneven = fit_curve(values, [True, False], [3.0, 1.0])
    assert even == pytest.approx(0, abs=1e-3)
    assert uneven == pytest.approx(np.log(3), abs=1e-3)


def test_weights_stay_finite_where_one_signal_decides() -> None:
    weights, _ = fit_curve(np.array([[0.0], [1.0]]), [False, True], [1.0, 1.0])
    assert 1 < weights[0] < 100

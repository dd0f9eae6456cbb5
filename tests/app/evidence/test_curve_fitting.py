"""A fitted curve finds the truth, ignores noise, and has no negative weight."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from app.evidence.curve_fitting import fit_curve


@dataclass(frozen=True)
class Two:
    one: float = 0.0
    other: float = 0.0


NAMES = ("one", "other")
DRAW = np.random.default_rng(1)
VALUES = DRAW.normal(size=(4000, 2))
SIGNALS = [Two(*row) for row in VALUES.tolist()]


def drawn_truth(logits: NDArray[np.float64]) -> list[bool]:
    probabilities = 1 / (1 + np.exp(-logits))
    return [bool(hit) for hit in np.random.default_rng(2).random(len(logits)) < probabilities]


def test_the_curve_that_drew_the_truth_is_found() -> None:
    truth = drawn_truth(1.5 * VALUES[:, 0] - 0.5)
    curve = fit_curve(NAMES, SIGNALS, truth, [1.0] * len(truth))
    assert curve.weights == pytest.approx({"one": 1.5, "other": 0}, abs=0.15)
    assert curve.intercept == pytest.approx(-0.5, abs=0.15)


def test_a_signal_against_the_truth_counts_nothing() -> None:
    truth = drawn_truth(VALUES[:, 0] - 2 * VALUES[:, 1])
    weights = fit_curve(NAMES, SIGNALS, truth, [1.0] * len(truth)).weights
    assert weights["one"] > 0.3
    assert weights["other"] == 0


def test_a_signal_that_is_not_named_is_left_out() -> None:
    assert fit_curve(["other"], SIGNALS[:9], [True] * 9, [1.0] * 9).weights.keys() == {"other"}


def test_a_row_counts_as_much_as_its_weight() -> None:
    signals = [Two(), Two()]
    even = fit_curve(NAMES, signals, [True, False], [1.0, 1.0])
    uneven = fit_curve(NAMES, signals, [True, False], [3.0, 1.0])
    assert even.intercept == pytest.approx(0, abs=1e-3)
    assert uneven.intercept == pytest.approx(np.log(3), abs=1e-3)


def test_weights_stay_finite_where_one_signal_decides() -> None:
    curve = fit_curve(["one"], [Two(0.0), Two(1.0)], [False, True], [1.0, 1.0])
    assert 1 < curve.weights["one"] < 100

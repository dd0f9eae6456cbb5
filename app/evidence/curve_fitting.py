"""Fits a logistic curve without negative weights."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from app.evidence.calibration import Curve

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

RIDGE = 1e-4  # limits the size of the weights


def fit_curve(
    names: Sequence[str],
    signals: "Sequence[DataclassInstance]",
    truth: Sequence[bool],
    weights: Sequence[float],
) -> Curve:
    """Return the curve over the signals of these names that fits `truth` best.

    `weights` says how much each row of signals counts. No signal gets a negative weight: otherwise
    signals that are much alike would be set against each other.
    """
    values = values_of(names, signals)
    signs = np.where(truth, 1.0, -1.0)
    shares = np.array(weights) / sum(weights)

    def loss(curve: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return the loss, and its gradient."""
        margins = signs * (values @ curve[:-1] + curve[-1])
        lost = shares @ np.logaddexp(0, -margins) + RIDGE * np.sum(curve[:-1] ** 2)
        slopes = -shares * signs * expit(-margins)
        return float(lost), np.append(slopes @ values + 2 * RIDGE * curve[:-1], slopes.sum())

    columns = values.shape[1]
    bounds = [(0.0, None)] * columns + [(None, None)]
    fitted = minimize(loss, np.ones(columns + 1), jac=True, bounds=bounds).x
    return rounded_curve(names, fitted[:-1], fitted[-1])


def values_of(names: Sequence[str], signals: "Sequence[DataclassInstance]") -> NDArray[np.float64]:
    """Return the values of the signals of these names, (rows, names)."""
    return np.array([[asdict(row)[name] for name in names] for row in signals])


def rounded_curve(names: Sequence[str], weights: NDArray[np.float64], intercept: float) -> Curve:
    """Return the curve with these weights, rounded as they are kept in a file."""
    rounded = {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}
    return Curve(rounded, round(float(intercept), 3))

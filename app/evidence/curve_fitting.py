"""Fits a logistic curve without negative weights."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

RIDGE = 1e-4  # limits the size of the weights


def fit_curve(
    values: NDArray[np.float64], truth: Sequence[bool], weights: Sequence[float]
) -> tuple[NDArray[np.float64], float]:
    """Return the weight of each column of `values`, (rows, signals), and the intercept.

    `weights` says how much each row counts. No signal gets a negative weight: otherwise signals
    that are much alike would be set against each other.
    """
    signs = np.where(truth, 1.0, -1.0)
    shares = np.array(weights) / sum(weights)

    def loss(curve: NDArray[np.float64]) -> float:
        lost = shares @ np.logaddexp(0, -signs * (values @ curve[:-1] + curve[-1]))
        return float(lost + RIDGE * np.sum(curve[:-1] ** 2))

    columns = values.shape[1]
    bounds = [(0.0, None)] * columns + [(None, None)]
    fitted = minimize(loss, np.ones(columns + 1), bounds=bounds).x
    return fitted[:-1], float(fitted[-1])

"""Fits a logistic curve whose weights are none of them negative."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

RIDGE = 1e-4  # keeps weights from growing without end


def fit_curve(
    values: NDArray[np.float64], truth: Sequence[bool], weights: Sequence[float]
) -> tuple[NDArray[np.float64], float]:
    """Return the weight of each column of `values`, (rows, signals), and the intercept.

    `weights` says how much each row counts. What speaks for a thing never speaks against it:
    signals that tell much the same would else be weighed against each other.
    """
    signs = np.where(truth, 1.0, -1.0)
    share = np.array(weights) / sum(weights)

    def loss(curve: NDArray[np.float64]) -> float:
        lost = share @ np.logaddexp(0, -signs * (values @ curve[:-1] + curve[-1]))
        return float(lost + RIDGE * np.sum(curve[:-1] ** 2))

    columns = values.shape[1]
    bounds = [(0.0, None)] * columns + [(None, None)]
    fitted = minimize(loss, np.ones(columns + 1), bounds=bounds).x
    return fitted[:-1], float(fitted[-1])

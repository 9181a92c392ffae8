"""Friedman's test, and Iman and Davenport's: do any of several models differ over categories?

Friedman 1937, Journal of the American Statistical Association 32(200); Iman and Davenport 1980,
Communications in Statistics A9(6). Formulas as in Demsar 2006, Journal of Machine Learning Research
7, section 3.2.2: without a correction for ties, which is the cautious side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from iadbe.statistics.ranks import average_ranks


class Friedman(NamedTuple):
    """Both statistics with their p-values; the second pair is None where `reason` says why."""

    chi_square: float
    chi_square_p: float
    f: float | None
    f_p: float | None
    models: int
    categories: int
    reason: str | None = None

    @property
    def p(self) -> float:
        """The p-value to go by: Iman and Davenport's, which is the less timid, if there is one."""
        return self.chi_square_p if self.f_p is None else self.f_p


def friedman_test(values: pd.DataFrame) -> Friedman:
    """Test whether all models have the same mean rank.

    Args:
        values: A row a category, a column a model, at least two of each, higher is better, no NaN.

    Returns:
        Chi-square has k - 1 degrees of freedom, F has k - 1 and (k - 1)(N - 1), for k models and N
        categories; both are approximations, rough below ten categories.
    """
    from scipy.stats import chi2, f

    n, k = values.shape
    squares = float(np.sum(average_ranks(values).to_numpy() ** 2))
    chi_square = max(12 * n / (k * (k + 1)) * (squares - k * (k + 1) ** 2 / 4), 0.0)
    chi_square_p = float(chi2.sf(chi_square, k - 1))
    left = n * (k - 1) - chi_square
    if left < 1e-9:
        reason = "the models stand in the same order in every category, so F is infinite"
        return Friedman(chi_square, chi_square_p, None, None, k, n, reason)
    ratio = (n - 1) * chi_square / left
    f_p = float(f.sf(ratio, k - 1, (k - 1) * (n - 1)))
    return Friedman(chi_square, chi_square_p, ratio, f_p, k, n)

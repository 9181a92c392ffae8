"""Friedman's test, and Iman and Davenport's: do any of several models differ over categories?

Friedman 1937, Journal of the American Statistical Association 32(200); Iman and Davenport 1980,
Communications in Statistics A9(6). Formulas as in Demsar 2006, Journal of Machine Learning Research
7, section 3.2.2: without a correction for ties, which is the cautious side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.statistics.ranks import average_ranks, ranks

FEW = 10
"""Categories below which the statistics are far from their distributions (Demsar, as above)."""
_DRAWS = 9999


class Friedman(NamedTuple):
    """Both statistics with their p-values; the second pair is None where `reason` says why."""

    chi_square: float
    chi_square_p: float
    f: float | None
    f_p: float | None
    models: int
    categories: int
    permutation_p: float | None = None
    """Where the distributions above do not hold yet, below `FEW` categories."""
    reason: str | None = None

    @property
    def p(self) -> float:
        """The p-value to go by: by permutation if there is one, else Iman and Davenport's."""
        known = [p for p in (self.permutation_p, self.f_p) if p is not None]
        return known[0] if known else self.chi_square_p


def friedman_test(values: pd.DataFrame) -> Friedman:
    """Test whether all models have the same mean rank.

    Args:
        values: A row a category, a column a model, at least two of each, higher is better, no NaN.

    Returns:
        Chi-square has k - 1 degrees of freedom, F has k - 1 and (k - 1)(N - 1), for k models and N
        categories; below `FEW` of them there is a p-value by permutation too.
    """
    from scipy.stats import chi2, f

    n, k = values.shape
    squares = float(np.sum(average_ranks(values).to_numpy() ** 2))
    chi_square = max(12 * n / (k * (k + 1)) * (squares - k * (k + 1) ** 2 / 4), 0.0)
    chi_square_p = float(chi2.sf(chi_square, k - 1))
    permutation_p = _permutation_p(ranks(values).to_numpy()) if n < FEW else None
    left = n * (k - 1) - chi_square
    if left < 1e-9:
        reason = "the models stand in the same order in every category, so F is infinite"
        return Friedman(chi_square, chi_square_p, None, None, k, n, permutation_p, reason)
    ratio = (n - 1) * chi_square / left
    f_p = float(f.sf(ratio, k - 1, (k - 1) * (n - 1)))
    return Friedman(chi_square, chi_square_p, ratio, f_p, k, n, permutation_p)


def _permutation_p(places: npt.NDArray[np.float64]) -> float:
    """How often models that do not differ, in any order in each category, differ as much.

    From `_DRAWS` random orders, so never 0; places are of shape (N, k).
    """
    rng = np.random.default_rng(0)
    drawn = rng.permuted(np.broadcast_to(places, (_DRAWS, *places.shape)), axis=2)
    squares = np.sum(drawn.sum(axis=1) ** 2, axis=1)
    own = float(np.sum(places.sum(axis=0) ** 2))
    return float((1 + np.sum(squares >= own - 1e-6)) / (1 + _DRAWS))

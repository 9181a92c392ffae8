"""Exact intervals of a share: k of n samples."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.statistics.interval import CONFIDENCE, Interval, no_interval

Counts = npt.NDArray[np.integer]
Ends = npt.NDArray[np.float64]


def binomial_interval(k: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Clopper and Pearson's interval of a binomial share.

    Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of
    the binomial", Biometrika 26(4). It never covers less often than asked, and has a width where
    k is 0 or n: no escape among 100 defects still allows 3.6 % of them.

    Args:
        k: How many samples have the property, in [0, n].
        n: How many there are.
        confidence: In (0, 1).

    Returns:
        None ends with a reason if n is 0.
    """
    if n == 0:
        return no_interval("no sample to count")
    low, high = _ends(np.array([k]), n, confidence)
    return Interval(float(low[0]), float(high[0]))


def binomial_intervals(n: int, confidence: float = CONFIDENCE) -> list[tuple[float, float]]:
    """The interval of k of n samples, see `binomial_interval`, for every k from 0 to n.

    Returns:
        Low and high end, n + 1 times; none if n is 0.
    """
    if n == 0:
        return []
    low, high = _ends(np.arange(n + 1), n, confidence)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _ends(k: Counts, n: int, confidence: float) -> tuple[Ends, Ends]:
    """Quantiles of the beta distribution; `scipy.stats` has them, too, and takes a second to load.

    Clopper and Pearson's equations in that form: Brown, Cai and DasGupta 2001, "Interval estimation
    for a binomial proportion", Statistical Science 16(2), section 4.
    """
    from scipy.special import betaincinv

    tail, some, others = (1 - confidence) / 2, np.maximum(k, 1), np.maximum(n - k, 1)
    low = np.where(k > 0, betaincinv(some, n - k + 1, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 1, others, 1 - tail), 1.0)
    return low, high

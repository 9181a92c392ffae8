"""Exact intervals of a share: k of n samples."""

from __future__ import annotations

import numpy as np

from iadbe.statistics.interval import CONFIDENCE, Interval, no_interval


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
    from scipy.stats import binomtest

    if n == 0:
        return no_interval("no sample to count")
    found = binomtest(k, n).proportion_ci(confidence, method="exact")
    return Interval(float(found.low), float(found.high))


def binomial_intervals(n: int, confidence: float = CONFIDENCE) -> list[tuple[float, float]]:
    """The interval of k of n samples, see `binomial_interval`, for every k from 0 to n.

    Returns:
        Low and high end, n + 1 times; none if n is 0.
    """
    from scipy.stats import beta

    if n == 0:
        return []
    k, tail = np.arange(n + 1), (1 - confidence) / 2
    low = np.concatenate([[0.0], beta.ppf(tail, k[1:], n - k[1:] + 1)])
    high = np.concatenate([beta.ppf(1 - tail, k[:-1] + 1, n - k[:-1]), [1.0]])
    return list(zip(low.tolist(), high.tolist(), strict=True))

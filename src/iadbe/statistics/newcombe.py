"""An interval of an AUROC from its value and the class sizes alone.

R. G. Newcombe 2006, "Confidence intervals for an effect size measure based on the Mann-Whitney
statistic. Part 2: asymptotic methods and evaluation", Statistics in Medicine 25(4), 559-573.
"""

from __future__ import annotations

import math

from iadbe.statistics.interval import CONFIDENCE, Interval

_STEP = 1e-12


def newcombe_interval(
    value: float, anomalous: int, normal: int, confidence: float = CONFIDENCE
) -> Interval:
    """Newcombe's method 5: all values that a score test would not reject.

    The variance is Hanley and McNeil's 1982 with both class sizes in its terms replaced by their
    mean. Unlike a bootstrap it has a width where the value is 0 or 1.

    Args:
        value: The AUROC, in [0, 1].
        anomalous: Number of anomalous samples, at least 1.
        normal: Number of normal ones, at least 1.
        confidence: In (0, 1).
    """
    from scipy.optimize import brentq
    from scipy.special import ndtri

    z = float(ndtri((1 + confidence) / 2))

    def excess(truth: float) -> float:
        return abs(truth - value) - z * _deviation(truth, anomalous, normal)

    # From a step inside, because a value of 0 or 1 solves the equation itself.
    low = brentq(excess, 0.0, min(value, 1 - _STEP)) if value > 0 else 0.0
    high = brentq(excess, max(value, _STEP), 1.0) if value < 1 else 1.0
    return Interval(float(low), float(high))


def _deviation(truth: float, anomalous: int, normal: int) -> float:
    """Standard deviation of an estimated AUROC whose true value is `truth`."""
    others = (anomalous + normal) / 2 - 1
    terms = 1 + others * (1 - truth) / (2 - truth) + others * truth / (1 + truth)
    return math.sqrt(truth * (1 - truth) * terms / (anomalous * normal))

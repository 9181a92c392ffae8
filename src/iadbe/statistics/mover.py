"""The interval of a difference of means, from the intervals of what is averaged.

Zou and Donner 2008, "Construction of confidence limits about effect measures: a general approach",
Statistics in Medicine 27(10), 1693-1702, equation 5; for more than two terms Zou, Huang and Zhang
2009, Computational Statistics and Data Analysis 53(4), 1080-1085.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from iadbe.statistics.interval import Interval

Values = npt.NDArray[np.float64]


def difference_interval(first: Values, second: Values) -> Interval:
    """The interval of a difference of two means, each value with an interval of the same level.

    The terms count as independent. Two models that were tested on the same images are not: they
    tend to fail on the same ones, so the true interval is narrower, and this one errs on the side
    of not telling them apart.

    Args:
        first: Value, low and high of each term of the first mean, shape (N, 3).
        second: Those of the second, shape (M, 3).
    """
    gap = float(first[:, 0].mean() - second[:, 0].mean())
    below = _reach(first, 1) + _reach(second, 2)
    above = _reach(first, 2) + _reach(second, 1)
    return Interval(gap - math.sqrt(below), gap + math.sqrt(above))


def _reach(terms: Values, end: int) -> float:
    """The squared distance of a mean from the end of its interval."""
    return float(np.sum((terms[:, 0] - terms[:, end]) ** 2)) / len(terms) ** 2

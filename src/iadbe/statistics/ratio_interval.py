"""Bootstrap interval of a mean or a ratio over images, e.g. AUPIMO or region recall."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.statistics.bootstrap import Weights
from iadbe.statistics.interval import CONFIDENCE, Interval, percentile_interval


def ratio_interval(
    numerators: npt.NDArray[np.number],
    denominators: npt.NDArray[np.number],
    weights: Weights,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Percentile interval of sum(numerators) / sum(denominators) over resampled images.

    A mean over images has denominators of 1; an image that has no part in it has 0 and 0.

    Args:
        numerators: What an image adds above the line, finite, shape (N,).
        denominators: What it adds below, finite, not negative, shape (N,).
        weights: How often each image is drawn, shape (B, N).
        confidence: In (0, 1).

    Returns:
        None ends with a reason if no resample has a denominator, or all have the same value.
    """
    below = weights @ np.asarray(denominators, np.float64)
    above = weights @ np.asarray(numerators, np.float64)
    values = np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
    return percentile_interval(values, confidence, bounds=(-np.inf, np.inf))

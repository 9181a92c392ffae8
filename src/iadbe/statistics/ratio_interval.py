"""Bootstrap interval of a mean share over images, e.g. AUPIMO or region recall."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.statistics.bootstrap import Weights
from iadbe.statistics.interval import CONFIDENCE, Interval, no_interval, share_interval


def ratio_interval(
    numerators: npt.NDArray[np.number],
    denominators: npt.NDArray[np.number],
    weights: Weights,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Interval of sum(numerators) / sum(denominators), a value in [0, 1], over resampled images.

    A mean over images has denominators of 1; an image that has no part in it has 0 and 0.

    Args:
        numerators: What an image adds above the line, finite, at most its denominator, shape (N,).
        denominators: What it adds below, finite, not negative, shape (N,).
        weights: How often each image is drawn, shape (B, N).
        confidence: In (0, 1).

    Returns:
        No ends but a reason as for `iadbe.statistics.interval.share_interval`.
    """
    above, below = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    if not below.sum() > 0:
        return no_interval("no image has a part in it")
    drawn = weights @ below
    values = np.divide(weights @ above, drawn, out=np.full_like(drawn, np.nan), where=drawn > 0)
    return share_interval(float(above.sum() / below.sum()), values, confidence)

"""A confidence interval, or why there is none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

CONFIDENCE = 0.95
"""How often an interval shall hold the true value, unless asked otherwise."""


class Interval(NamedTuple):
    """Two ends, both or neither of them None; `reason` says why there are none."""

    low: float | None
    high: float | None
    reason: str | None = None


def no_interval(reason: str) -> Interval:
    """The interval that there is not."""
    return Interval(None, None, reason)


def percentile_interval(
    values: npt.NDArray[np.float64],
    confidence: float = CONFIDENCE,
    shift: float = 0.0,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> Interval:
    """The middle part of a statistic's bootstrap distribution.

    Efron and Tibshirani 1993, "An Introduction to the Bootstrap", section 13.3.

    Args:
        values: The statistic of each resample, shape (B,); NaN where a resample has none.
        confidence: Share of the resamples between the ends, in (0, 1).
        shift: Added to both ends.
        bounds: Where the statistic can be at all; the ends are kept within.

    Returns:
        None with a reason if no resample has a value or all have the same: a statistic that
        resampling cannot move is not certain, its spread is unknown.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return no_interval("no resample of the test images has a value")
    if np.ptp(known) < 1e-12:
        return no_interval(_stuck(float(known[0]) + shift))
    tail = (1 - confidence) / 2
    low, high = np.clip(np.quantile(known, [tail, 1 - tail]) + shift, *bounds)
    return Interval(float(low), float(high))


def _stuck(value: float) -> str:
    if min(abs(value), abs(1 - value)) < 1e-12:
        return f"{value:.0f} on these test images: resampling cannot tell how sure"
    return "the same in every resample of the test images: resampling cannot tell how sure"

"""A confidence interval, or why there is none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

CONFIDENCE = 0.95
"""How often an interval shall hold the true value, unless asked otherwise."""

_LEAST = 1e-12
"""What is nearer is the same, but for rounding."""


class Interval(NamedTuple):
    """Two ends, both or neither of them None; `reason` says why there are none."""

    low: float | None
    high: float | None
    reason: str | None = None


def no_interval(reason: str) -> Interval:
    """The interval that there is not."""
    return Interval(None, None, reason)


def share_interval(
    value: float, resampled: npt.NDArray[np.float64], confidence: float = CONFIDENCE
) -> Interval:
    """The interval of a value in [0, 1], from how its resamples spread.

    The spread is the bootstrap's standard error (Efron and Tibshirani 1993, "An Introduction to
    the Bootstrap", algorithm 6.1). The ends are put on the logit scale, as Pohar Perme and
    Manevski 2019, "Confidence intervals for the Mann-Whitney test", Statistical Methods in Medical
    Research 28(12), advise for an AUROC: logit(value) -/+ z * error / (value * (1 - value)). Close
    to 1, where a detector should be, the percentiles of the resamples hold the truth far less
    often: see `benchmarks/coverage.py`.

    Args:
        value: Over all images.
        resampled: The value of each resample, shape (B,); NaN where a resample has none.
        confidence: In (0, 1).

    Returns:
        No ends but a reason if no resample has a value, or none differs: what resampling cannot
        move is not certain, its spread is unknown. The same where the value is 0 or 1.
    """
    known = resampled[~np.isnan(resampled)]
    if not len(known):
        return no_interval("no resample of the test images has a value")
    if min(value, 1 - value) < _LEAST:
        return no_interval(f"{value:.0f} on these test images: resampling cannot tell how sure")
    error = float(np.std(known))
    if error < _LEAST:
        return no_interval("the same in every resample of the test images")
    return _around(value, error, confidence)


def _around(value: float, error: float, confidence: float) -> Interval:
    from scipy.special import expit, logit, ndtri

    reach = ndtri((1 + confidence) / 2) * error / (value * (1 - value))
    return Interval(float(expit(logit(value) - reach)), float(expit(logit(value) + reach)))

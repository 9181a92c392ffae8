"""DeLong's test: do two models differ in AUROC on the same test images?

DeLong, DeLong and Clarke-Pearson 1988, "Comparing the areas under two or more correlated receiver
operating characteristic curves: a nonparametric approach", Biometrics 44(3), 837-845; computed from
ranks as in Sun and Xu 2014, "Fast implementation of DeLong's algorithm for comparing the areas
under correlated receiver operating characteristic curves", IEEE Signal Processing Letters 21(11).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from iadbe.statistics.interval import CONFIDENCE, Interval, no_interval

Scores = npt.NDArray[np.float64]
_LEAST = 1e-12
"""An error below is none, but for rounding."""


class DeLong(NamedTuple):
    """Two AUROCs on the same images, and what is known of their difference."""

    first: float
    second: float
    difference: float
    """First minus second."""
    error: float
    """Standard error of the difference."""
    z: float | None
    p: float | None
    """Two-sided."""
    interval: Interval
    """Of the difference."""
    reason: str | None = None
    """Why there is no test."""


def delong_test(
    labels: npt.NDArray[np.integer], first: Scores, second: Scores, confidence: float = CONFIDENCE
) -> DeLong:
    """Compare two models on the same test images.

    Args:
        labels: 0 normal, 1 anomalous, at least two of each, shape (N,).
        first: Finite raw scores of one model, shape (N,).
        second: Those of the other, for the same images in the same order.
        confidence: Of the interval, in (0, 1).

    Returns:
        z and p are None with a reason where the difference has no variance, as between two
        perfect models.

    Raises:
        ValueError: If a class has fewer than two images.
    """
    from scipy.stats import norm

    if min(int(np.sum(labels == label)) for label in (0, 1)) < 2:
        raise ValueError("DeLong's test needs two normal and two anomalous images at least.")
    values, covariance = auroc_covariance(labels, np.stack([first, second]))
    one, other = float(values[0]), float(values[1])
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    error = float(np.sqrt(max(variance, 0.0)))
    if error < _LEAST:
        reason = "the difference has no variance on these images, so nothing can be tested"
        return DeLong(one, other, one - other, 0.0, None, None, no_interval(reason), reason)
    z = (one - other) / error
    reach = float(norm.ppf((1 + confidence) / 2)) * error
    interval = Interval(max(one - other - reach, -1.0), min(one - other + reach, 1.0))
    return DeLong(one, other, one - other, error, z, float(2 * norm.sf(abs(z))), interval)


def auroc_covariance(
    labels: npt.NDArray[np.integer], scores: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """AUROCs of several models on the same images, and the covariance of these estimates.

    Args:
        labels: 0 normal, 1 anomalous, at least two of each, shape (N,).
        scores: Of each model, shape (M, N).

    Returns:
        The AUROCs, shape (M,), and their covariance, shape (M, M).
    """
    from scipy.stats import rankdata

    anomalous, normal = scores[:, labels == 1], scores[:, labels == 0]
    m, n = anomalous.shape[1], normal.shape[1]
    ranks = rankdata(np.hstack([anomalous, normal]), axis=1)
    # How much of the other class each image outranks: DeLong's components V10 and V01.
    beaten = (ranks[:, :m] - rankdata(anomalous, axis=1)) / n
    beating = 1 - (ranks[:, m:] - rankdata(normal, axis=1)) / m
    covariance = np.cov(beaten) / m + np.cov(beating) / n
    return beaten.mean(axis=1), np.atleast_2d(covariance)

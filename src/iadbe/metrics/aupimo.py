"""Per-image overlap where false alarms are very rare: AUPIMO.

Bertoldo et al. 2024, "AUPIMO: Redefining Visual Anomaly Detection Benchmarks with High Speed and
Low Tolerance", BMVC (arXiv:2401.01984), equations 4 to 6. The false positive rate is that of normal
images alone, so that pixels around a defect, wrongly or rightly called, do not count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iadbe.metrics.tally import Tally

FPR_LIMITS = (1e-5, 1e-4)
"""Bounds of the false positive rate, those of the paper."""


@dataclass(frozen=True)
class Thresholds:
    """The thresholds between both rates, and what each weighs in the integral over log rates."""

    values: npt.NDArray[np.float32]
    """Ascending scores v: pixels > v are called, shape (T,)."""
    weights: npt.NDArray[np.float64]
    """Summing up to 1, shape (T,)."""


def thresholds(normal: Tally, limits: tuple[float, float] = FPR_LIMITS) -> Thresholds:
    """Where the false positive rate lies between two limits.

    At a rate z the threshold is the lowest that at most a share z of the normal pixels reach. It
    changes only where z passes the rate of a normal score.

    Args:
        normal: All pixels of the normal images, at least one.
        limits: Lower and upper rate, 0 < lower < upper <= 1.
    """
    lower, _, masses = normal.ranked()
    rates = masses[0, ::-1].cumsum() / len(normal)  # of pixels >= v, v falling
    values = lower[::-1]
    bounds = np.clip(np.concatenate([[0.0], rates]), *limits)  # v rules from the rate above it on
    weights = np.diff(np.log(bounds)) / np.log(limits[1] / limits[0])
    used = weights > 0
    return Thresholds(values[used][::-1], weights[used][::-1])


def aupimo(defective: npt.NDArray[np.float32], at: Thresholds) -> float:
    """Mean share of an image's defective pixels above the thresholds, in [0, 1].

    Args:
        defective: Scores of the defective pixels of one image, shape (P,), P > 0.
        at: The thresholds, from `thresholds`.
    """
    found = len(defective) - np.searchsorted(np.sort(defective), at.values, side="right")
    return min(float(found @ at.weights) / len(defective), 1.0)

"""Bootstrap intervals of pixel and region metrics, over resampled test images.

The pixels of an image are not independent, so whole images are drawn. Resorting all pixels a
thousand times is too much; each image keeps histograms over common score bins instead, and a
resample is a weighted sum of them. Bins shift all values a little, hence only their spread is taken
from the binned values, and put around the exact one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iadbe.statistics import curve_values
from iadbe.statistics.bootstrap import Weights
from iadbe.statistics.interval import CONFIDENCE, Interval, share_interval

AUPRO_LIMITS = {"aupro": 0.3, "aupro_005": 0.05}
"""Highest false positive rate of each area."""
_CHUNK = 64
"""Resamples at a time: bounds the memory to a few tables of this many rows and K columns."""


@dataclass(frozen=True)
class ImageHistograms:
    """What each of N images adds to K common bins of scores, from the highest to the lowest."""

    negatives: npt.NDArray[np.number]
    """Normal pixels, shape (N, K)."""
    positives: npt.NDArray[np.number]
    """Defective pixels, shape (N, K)."""
    overlap: npt.NDArray[np.floating]
    """Shares of its regions' pixels, summed over its regions, shape (N, K)."""
    regions: npt.NDArray[np.integer]
    """Connected defective regions, shape (N,)."""


def pixel_intervals(
    histograms: ImageHistograms,
    weights: Weights,
    values: Mapping[str, float],
    confidence: float = CONFIDENCE,
    limits: Mapping[str, float] = AUPRO_LIMITS,
) -> dict[str, Interval]:
    """Intervals around exact values of pixel and region metrics.

    Args:
        histograms: Of all test images.
        weights: How often each image is drawn, shape (B, N).
        values: The exact values: any of `auroc`, `average_precision`, `f1_max`, `iou_max`,
            `pro_at_f1_max` and the names in `limits`.
        confidence: In (0, 1).
        limits: Names of the areas under the PRO curve and where they end.

    Returns:
        An interval for each name in `values`, or a reason as `share_interval` has it.
    """
    asked = {name: limit for name, limit in limits.items() if name in values}
    resampled = binned_values(histograms, weights, asked)
    return {
        name: share_interval(value, resampled[name], confidence) for name, value in values.items()
    }


def binned_values(
    histograms: ImageHistograms, weights: Weights, limits: Mapping[str, float] = AUPRO_LIMITS
) -> dict[str, npt.NDArray[np.float64]]:
    """Metrics of every resample, a bin being one tie: name to values of shape (B,).

    NaN where a resample has no defective or no normal pixel. Arguments as for `pixel_intervals`.
    """
    tables = [np.asarray(table, np.float64) for table in (histograms.negatives,
              histograms.positives, histograms.overlap)]  # fmt: skip
    regions = np.asarray(histograms.regions, np.float64)
    parts = [
        _values(weights[start : start + _CHUNK].astype(np.float64), tables, regions, limits)
        for start in range(0, len(weights), _CHUNK)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _values(
    weights: npt.NDArray[np.float64],
    tables: list[npt.NDArray[np.float64]],
    regions: npt.NDArray[np.float64],
    limits: Mapping[str, float],
) -> dict[str, npt.NDArray[np.float64]]:
    false, true, covered = (np.cumsum(weights @ table, axis=1) for table in tables)
    f1 = curve_values.f1_max(true, false)
    found = {
        "auroc": curve_values.auroc(true, false),
        "average_precision": curve_values.average_precision(true, false),
        "f1_max": f1,
        "iou_max": f1 / (2 - f1),
    }
    rate = _share(false, false[:, -1:])
    overlap = _share(covered, (weights @ regions)[:, None])
    found["pro_at_f1_max"] = curve_values.at_f1_max(true, false, overlap)
    return found | {name: curve_values.area(rate, overlap, end) for name, end in limits.items()}


def _share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> curve_values.Table:
    return part / np.where(whole > 0, whole, np.nan)

"""AUPIMO and region recall of resampled test images, whose normal ones set the thresholds anew.

To judge the anomalous images at given thresholds would hide the larger part of the uncertainty: few
normal images decide what a very rare false alarm is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.metrics.aupimo import FPR_LIMITS
from iadbe.metrics.false_regions import ROUNDING
from iadbe.metrics.map_histograms import MapHistograms
from iadbe.metrics.measure import Group
from iadbe.statistics import curve_values
from iadbe.statistics.bootstrap import Weights
from iadbe.statistics.pixel_intervals import ImageHistograms

Rows = npt.NDArray[np.float64]
"""One value a resample, shape (B,)."""


def aupimo_redrawn(
    histograms: ImageHistograms,
    normal: npt.NDArray[np.bool_],
    members: npt.NDArray[np.bool_],
    weights: Weights,
) -> Rows:
    """The mean AUPIMO of every resample, from bins.

    Args:
        histograms: Of all defects.
        normal: Which images are, shape (N,).
        members: The anomalous images that are averaged, each with a defective pixel, shape (N,).
        weights: How often each image is drawn, shape (B, N).
    """
    low, high = FPR_LIMITS
    false = np.cumsum(weights[:, normal] @ histograms.negatives[normal], axis=1)
    rate = np.maximum(false / false[:, -1:], low / 2)  # rates below the lower one do not count
    positives = np.asarray(histograms.positives[members], np.float64)
    drawn = weights[:, members]
    found = np.cumsum(drawn @ (positives / positives.sum(axis=1, keepdims=True)), axis=1)
    place = np.clip(np.log(rate / low) / np.log(high / low), 0.0, 1.0)
    return curve_values.area(place, found / drawn.sum(axis=1, keepdims=True), 1.0)


def region_recall_redrawn(histograms: MapHistograms, group: Group, weights: Weights) -> Rows:
    """The recall at 1 false region an image of every resample; NaN without a region.

    Args:
        histograms: With the regions at thresholds that the resamples choose from.
        group: Whose regions.
        weights: How often each image is drawn, shape (B, N).
    """
    normal = histograms.defect_types == ""
    images = weights[:, normal].sum(axis=1, keepdims=True)
    false = weights[:, normal] @ histograms.false_regions[normal]
    beyond = false[:, ::-1] > images + ROUNDING  # from the highest threshold
    allowed = np.where(beyond.any(axis=1), beyond.argmax(axis=1), beyond.shape[1]) - 1
    chosen = histograms.chosen(group)
    found = weights @ (chosen[:, :, None] * histograms.found).sum(axis=1)
    regions = np.asarray(weights @ (chosen * histograms.regions).sum(axis=1), np.float64)
    at: Rows = found[:, ::-1][np.arange(len(found)), np.maximum(allowed, 0)]
    share: Rows = np.divide(at, regions, out=np.full_like(regions, np.nan), where=regions > 0)
    return share

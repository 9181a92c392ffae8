"""Bootstrap intervals of the metrics of predicted boxes, over resampled test images."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from iadbe.metrics.box_ranking import BoxRanking
from iadbe.metrics.detection import METRICS, detection_values
from iadbe.statistics.bootstrap import Weights
from iadbe.statistics.interval import Interval, share_interval


def box_intervals(
    ranking: BoxRanking, values: Mapping[str, float], weights: Weights
) -> dict[str, Interval]:
    """Intervals around the values of `iadbe.metrics.detection.METRICS`.

    Boxes of an image are not independent, so images are drawn, each with its true and predicted
    boxes, and all metrics are computed anew: exactly, matches do not change.

    Args:
        ranking: All boxes.
        values: The exact values, by metric.
        weights: How often each image is drawn, shape (B, N).

    Returns:
        An interval for each name in `values`, or a reason as `share_interval` has it.
    """
    few = ranking.where_it_hits()
    drawn = [_values(few, times) for times in weights]
    return {
        name: share_interval(value, np.array([each[name] for each in drawn], np.float64))
        for name, value in values.items()
    }


def _values(ranking: BoxRanking, times: np.ndarray) -> Mapping[str, float | None]:
    """Those of one resample; none where it has no true box."""
    counts = ranking.counts(times)
    return detection_values(counts) if counts.truths else dict.fromkeys(METRICS)

"""Bootstrap intervals of the image metrics over the test images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from iadbe.statistics import curve_values
from iadbe.statistics.bootstrap import Weights
from iadbe.statistics.interval import CONFIDENCE, Interval, no_interval, percentile_interval
from iadbe.statistics.newcombe import newcombe_interval

METRICS: dict[str, Callable[[curve_values.Table, curve_values.Table], npt.NDArray[np.float64]]] = {
    "auroc": curve_values.auroc,
    "average_precision": curve_values.average_precision,
    "f1_max": curve_values.f1_max,
    "fpr_at_95_tpr": curve_values.fpr_at_recall,
}
_CHUNK = 64
"""Resamples at a time, which bounds the memory."""


def image_intervals(
    labels: npt.NDArray[np.integer],
    scores: npt.NDArray[np.float64],
    weights: Weights,
    confidence: float = CONFIDENCE,
) -> dict[str, Interval]:
    """Percentile intervals of the metrics of `METRICS`, over resampled test images.

    Where every resample has the same AUROC, as with a perfect model, resampling would call it
    certain; Newcombe's interval stands there. The other metrics have no interval there.

    Args:
        labels: 0 normal, 1 anomalous, shape (N,).
        scores: Finite raw scores, shape (N,).
        weights: `iadbe.statistics.bootstrap.bootstrap_weights` of the labels, shape (B, N).
        confidence: In (0, 1).

    Returns:
        An interval a metric; None ends with a reason if a class is missing.
    """
    for label, name in ((0, "normal"), (1, "anomalous")):
        if not np.any(labels == label):
            return dict.fromkeys(METRICS, no_interval(f"no {name} test sample"))
    values = image_values(labels, scores, weights)
    found = {name: percentile_interval(each, confidence) for name, each in values.items()}
    if found["auroc"].low is None:
        anomalous = int(np.sum(labels == 1))
        found["auroc"] = newcombe_interval(
            float(values["auroc"][0]), anomalous, len(labels) - anomalous, confidence
        )
    return found


def image_values(
    labels: npt.NDArray[np.integer], scores: npt.NDArray[np.float64], weights: Weights
) -> dict[str, npt.NDArray[np.float64]]:
    """The metrics of `METRICS` of every resample: name to values of shape (B,)."""
    order = np.argsort(-scores, kind="stable")
    ordered, anomalous = scores[order], labels[order] == 1
    last = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
    parts = []
    for start in range(0, len(weights), _CHUNK):
        drawn = weights[start : start + _CHUNK, order]
        true = np.cumsum(drawn * anomalous, axis=1)[:, last].astype(np.float64)
        false = np.cumsum(drawn, axis=1)[:, last] - true
        parts.append({name: metric(true, false) for name, metric in METRICS.items()})
    return {name: np.concatenate([part[name] for part in parts]) for name in METRICS}

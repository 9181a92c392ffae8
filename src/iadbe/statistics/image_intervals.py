"""Bootstrap intervals of the image metrics over the test images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from iadbe.statistics import curve_values
from iadbe.statistics.binomial import binomial_interval
from iadbe.statistics.bootstrap import LEAST_IMAGES, Weights
from iadbe.statistics.interval import CONFIDENCE, Interval, no_interval, share_interval
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
    """Intervals of the metrics of `METRICS`, over resampled test images.

    Where resampling cannot tell, AUROC has Newcombe's interval, and a false positive rate of 0 or
    1 the exact binomial one, as if its threshold were given. A perfect average precision or F1 has
    none.

    Args:
        labels: 0 normal, 1 anomalous, shape (N,).
        scores: Finite raw scores, shape (N,).
        weights: `iadbe.statistics.bootstrap.bootstrap_weights` of the labels, shape (B, N).
        confidence: In (0, 1).

    Returns:
        An interval a metric; no ends but a reason if a class is missing or has one image only, or
        as `share_interval` has it. AUROC has Newcombe's with a single image, too, and a false
        positive rate of 0 or 1 the binomial one with a single normal image.
    """
    for label, name in ((0, "normal"), (1, "anomalous")):
        if not np.any(labels == label):
            return dict.fromkeys(METRICS, no_interval(f"no {name} test sample"))
    values = _over_all(labels, scores)
    normal, anomalous = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    if min(normal, anomalous) < LEAST_IMAGES:
        found = dict.fromkeys(METRICS, no_interval("drawn again, a single image does not vary"))
    else:
        resampled = image_values(labels, scores, weights)
        found = {
            name: share_interval(value, resampled[name], confidence)
            for name, value in values.items()
        }
    if found["auroc"].low is None:
        found["auroc"] = newcombe_interval(values["auroc"], anomalous, normal, confidence)
    if (rate := values["fpr_at_95_tpr"]) in {0.0, 1.0} and anomalous >= LEAST_IMAGES:
        found["fpr_at_95_tpr"] = binomial_interval(round(rate * normal), normal, confidence)
    return found


def _over_all(labels: npt.NDArray[np.integer], scores: npt.NDArray[np.float64]) -> dict[str, float]:
    once = np.ones((1, len(labels)), np.int16)
    return {name: float(value[0]) for name, value in image_values(labels, scores, once).items()}


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

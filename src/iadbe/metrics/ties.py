"""How often scores cannot tell an anomalous from a normal sample because they are equal."""

from __future__ import annotations

import numpy as np

from iadbe.metrics.image import Labels, Scores, undefined
from iadbe.metrics.measure import Measure


def tie_measures(labels: Labels, scores: Scores) -> list[Measure]:
    """`tied_pairs` of the test samples, `n` of them pairs; null when a class is missing."""
    reason = undefined(labels)
    value = None if reason else tied_pairs(labels, scores)
    pairs = int(np.sum(labels == 1)) * int(np.sum(labels == 0))
    return [Measure("image", "tied_pairs", value, pairs, reason)]


def tied_pairs(labels: Labels, scores: Scores) -> float:
    """Share of the pairs of an anomalous and a normal sample with equal scores.

    AUROC counts each of them one half, so another order of the ties moves it by up to half of this
    share. Ties within a class, as among perfectly confident scores, do no harm and are not counted.

    Args:
        labels: 0 normal, 1 anomalous, shape (N,); both present.
        scores: Raw float64 scores, shape (N,).

    Returns:
        In [0, 1]; 1 if, and only if, all scores are equal.
    """
    _, group = np.unique(scores, return_inverse=True)
    anomalous = np.bincount(group, weights=labels == 1)
    normal = np.bincount(group, weights=labels == 0)
    return float(anomalous @ normal / (anomalous.sum() * normal.sum()))

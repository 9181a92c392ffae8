"""An honest decision: a threshold from normal validation samples, tried on the test samples."""

from __future__ import annotations

import math

import numpy as np

from iadbe.metrics.image import Labels, Scores
from iadbe.metrics.measure import Measure


def conformal_threshold(normal_scores: Scores, quantile: float) -> float:
    """The score that a new normal sample exceeds with probability at most 1 - `quantile`.

    It is the ceil((n + 1) q)-th smallest of the n scores, as in split conformal prediction
    (Angelopoulos and Bates 2021, arXiv:2107.07511, section 1): one rank above the plain quantile,
    because the new sample itself is one of the n + 1 exchangeable ones. Fewer than q / (1 - q)
    scores cannot give that guarantee; their highest is taken then.

    Args:
        normal_scores: Raw scores of normal samples that the model was not fitted on, shape (n,),
            n > 0.
        quantile: q in [0, 1].

    Returns:
        One of the scores. A sample is anomalous if and only if its score is above.
    """
    n = len(normal_scores)
    # Rounded first: 0.07 * 100 is 7.000000000000001, whose ceiling is a rank too high.
    rank = math.ceil(round((n + 1) * quantile, 9))
    return float(np.sort(normal_scores)[min(max(rank, 1), n) - 1])


def threshold_measures(
    validation: Scores, labels: Labels, scores: Scores, quantile: float
) -> list[Measure]:
    """The threshold, and what it costs on the test samples.

    Args:
        validation: Raw scores of the normal validation samples, shape (M,).
        labels: Test labels, 0 normal, 1 anomalous, shape (N,).
        scores: Raw test scores, shape (N,).
        quantile: Share of normal samples that shall pass, in [0, 1].

    Returns:
        `threshold`, `false_alarm_rate` (normal samples called anomalous, overkill) and
        `miss_rate` (anomalous samples called normal, escapes).
    """
    if not len(validation):
        reason = "no normal validation sample to set a threshold on"
        names = ("threshold", "false_alarm_rate", "miss_rate")
        return [Measure("image", name, None, 0, reason) for name in names]
    threshold = conformal_threshold(validation, quantile)
    alarmed = scores > threshold
    return [
        Measure("image", "threshold", threshold, len(validation)),
        _rate("false_alarm_rate", alarmed[labels == 0], "no normal test sample"),
        _rate("miss_rate", ~alarmed[labels == 1], "no anomalous test sample"),
    ]


def _rate(metric: str, wrong: np.ndarray[tuple[int], np.dtype[np.bool_]], none: str) -> Measure:
    if not len(wrong):
        return Measure("image", metric, None, 0, none)
    return Measure("image", metric, float(np.mean(wrong)), len(wrong))

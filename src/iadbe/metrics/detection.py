"""How well predicted boxes find each defect: COCO's mean average precision, and F1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.metrics.box_ranking import BoxCounts, BoxRanking
from iadbe.metrics.measure import Measure

NO_BOXES = "the model gives no boxes"
METRICS = ("map50", "map50_95", "precision", "recall", "f1")
_NONE = "the model predicted no box"
_RECALLS = np.linspace(0, 1, 101)


def detection_measures(ranking: BoxRanking | None, reason: str | None) -> list[Measure]:
    """Average precision, and precision, recall and F1 at the confidence that maximises F1.

    That confidence is chosen on the test samples: the last three are an oracle. They are at an
    overlap of 0.5; `n` counts true boxes. All are null with `reason` where there is no ranking.
    """
    if ranking is None or reason:
        return [Measure("region", metric, None, 0, reason) for metric in METRICS]
    counts = ranking.counts()
    return [
        Measure("region", metric, value, counts.truths, None if value is not None else _NONE)
        for metric, value in detection_values(counts).items()
    ]


def detection_values(counts: BoxCounts) -> dict[str, float | None]:
    """A value for each of `METRICS`; there is at least one true box."""
    averages = average_precisions(counts)
    values = (float(averages[0]), float(averages.mean()), *_at_best_f1(counts))
    return dict(zip(METRICS, values, strict=True))


def average_precisions(counts: BoxCounts) -> npt.NDArray[np.float64]:
    """Mean over the recalls 0, 0.01, …, 1 of the highest precision at that recall or above.

    Args:
        counts: With at least one true box.

    Returns:
        In [0, 1], one value for each of `iadbe.metrics.box_matching.IOUS`, shape (10,).
    """
    recall = counts.hit / counts.truths
    # None is predicted yet where the most confident boxes are of samples that were not drawn.
    precision = counts.hit / np.maximum(counts.predicted, 1)
    precision = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
    reached = np.pad(precision, ((0, 0), (0, 1)))  # beyond the last recall, nothing
    places = [np.searchsorted(row, _RECALLS, side="left") for row in recall]
    return np.array([row[place].mean() for row, place in zip(reached, places, strict=True)])


def _at_best_f1(counts: BoxCounts) -> tuple[float | None, float, float]:
    """Precision (None without any box), recall and F1."""
    if not len(counts.predicted) or not counts.predicted[-1]:
        return None, 0.0, 0.0
    f1 = 2 * counts.hit[0] / (counts.predicted + counts.truths)
    best = int(f1.argmax())
    hit, predicted = int(counts.hit[0, best]), int(counts.predicted[best])
    return hit / max(predicted, 1), hit / counts.truths, float(f1[best])

"""How well raw anomaly maps tell defective from normal pixels, over all test images at once."""

from __future__ import annotations

import numpy as np

from iadbe.metrics.measure import Measure
from iadbe.metrics.ranking import PixelRanking


def pixel_measures(ranking: PixelRanking | None, reason: str | None) -> list[Measure]:
    """AUROC, average precision, F1-max and IoU-max; null with `reason` without a ranking.

    The last two are oracles: their threshold is chosen on the test masks themselves.
    """
    pixels = 0 if ranking is None else round(ranking.positives + ranking.negatives)
    return [
        Measure("pixel", name, None if ranking is None else metric(ranking), pixels, reason, leak)
        for name, metric, leak in (
            ("auroc", auroc, "none"),
            ("average_precision", average_precision, "none"),
            ("f1_max", f1_max, "threshold"),
            ("iou_max", iou_max, "threshold"),
        )
    ]


def auroc(ranking: PixelRanking) -> float:
    """Probability that a defective pixel scores above a normal one; a tie counts one half.

    Counted (the Mann-Whitney statistic), so exact but for rounding of the sum.
    """
    met = np.diff(ranking.true_positives, prepend=0)
    beaten_twice = 2 * ranking.negatives - ranking.false_positives - ranking.false_positives_above
    return float(met @ beaten_twice / (2 * ranking.positives * ranking.negatives))


def average_precision(ranking: PixelRanking) -> float:
    """Mean precision at the recall steps, not interpolated (scikit-learn's definition)."""
    met = np.diff(ranking.true_positives, prepend=0)
    precision = ranking.true_positives / (ranking.true_positives + ranking.false_positives)
    return float(met @ precision / ranking.positives)


def f1_max(ranking: PixelRanking) -> float:
    """Highest F1, which is the Dice coefficient, over all thresholds."""
    return float(np.max(_f1(ranking)))


def iou_max(ranking: PixelRanking) -> float:
    """Highest intersection over union over all thresholds: F1 / (2 - F1), rising with F1."""
    best = f1_max(ranking)
    return best / (2 - best)


def at_f1_max(ranking: PixelRanking) -> int:
    """Place, in the arrays of the ranking, of the threshold with the highest F1."""
    return int(np.argmax(_f1(ranking)))


def _f1(ranking: PixelRanking) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    called = ranking.true_positives + ranking.false_positives
    return np.asarray(2 * ranking.true_positives / (called + ranking.positives))

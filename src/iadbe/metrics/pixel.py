"""How well raw anomaly maps tell defective from normal pixels, over all test images at once."""

from __future__ import annotations

import numpy as np

from iadbe.metrics.measure import Measure
from iadbe.metrics.ranking import PixelRanking


def pixel_measures(ranking: PixelRanking | None, reason: str | None) -> list[Measure]:
    """AUROC, average precision and F1-max over all test pixels; null with `reason` otherwise."""
    metrics = {"auroc": auroc, "average_precision": average_precision, "f1_max": f1_max}
    if ranking is None or reason:
        return [Measure("pixel", name, None, 0, reason) for name in metrics]
    pixels = ranking.positives + ranking.negatives
    return [Measure("pixel", name, metric(ranking), pixels) for name, metric in metrics.items()]


def auroc(ranking: PixelRanking) -> float:
    """Probability that a defective pixel scores above a normal one; a tie counts one half.

    Counted in integers (the Mann-Whitney statistic), so exact but for the last division.
    """
    met = np.diff(ranking.true_positives, prepend=0)
    beaten_twice = 2 * ranking.negatives - ranking.false_positives - ranking.false_positives_above
    wins_twice = int(np.sum(met * beaten_twice))
    return wins_twice / (2 * ranking.positives * ranking.negatives)


def average_precision(ranking: PixelRanking) -> float:
    """Mean precision at the recall steps, not interpolated (scikit-learn's definition)."""
    met = np.diff(ranking.true_positives, prepend=0)
    precision = ranking.true_positives / (ranking.true_positives + ranking.false_positives)
    return float(np.sum(met * precision) / ranking.positives)


def f1_max(ranking: PixelRanking) -> float:
    """Highest F1 over all thresholds: an oracle, chosen on the test masks themselves."""
    called = ranking.true_positives + ranking.false_positives
    return float(np.max(2 * ranking.true_positives / (called + ranking.positives)))

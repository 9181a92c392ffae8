"""Ranking metrics of many weightings at once: a row a resample, a column a distinct score.

The definitions are those of `iadbe.metrics.image`; a column is one tie, met all at once. Counts are
whole numbers below 2^53 and hence exact in float64.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float64]
"""One value a resample, shape (B,)."""
Table = npt.NDArray[np.float64]
"""One value a resample and score, from the highest score to the lowest, shape (B, K)."""


def auroc(true: Table, false: Table) -> Rows:
    """Area under the ROC curve.

    Args:
        true: Anomalous members at or above each score; the last column has all of them.
        false: Normal ones.

    Returns:
        NaN where a resample lacks a class.
    """
    met = np.diff(true, axis=1, prepend=0.0)
    above = np.hstack([np.zeros((len(false), 1)), false[:, :-1]])
    wins = np.sum(met * (false[:, -1:] - (false + above) / 2), axis=1)
    return _share(wins, true[:, -1] * false[:, -1])


def average_precision(true: Table, false: Table) -> Rows:
    """Mean precision at the recall steps; arguments as for `auroc`."""
    met = np.diff(true, axis=1, prepend=0.0)
    called = true + false
    precision = np.divide(true, called, out=np.zeros_like(true), where=called > 0)
    return _share(np.sum(met * precision, axis=1), true[:, -1])


def f1_max(true: Table, false: Table) -> Rows:
    """Highest F1 over all thresholds; arguments as for `auroc`."""
    return np.asarray(np.max(_f1(true, false), axis=1), np.float64)


def at_f1_max(true: Table, false: Table, values: Table) -> Rows:
    """Another value at the highest threshold with the highest F1; arguments as for `auroc`."""
    best = np.argmax(_f1(true, false), axis=1)
    return np.asarray(values[np.arange(len(values)), best], np.float64)


def fpr_at_recall(true: Table, false: Table, recall: float = 0.95) -> Rows:
    """Lowest false positive rate of a threshold that finds a share of the anomalous members.

    Not interpolated; arguments as for `auroc`.
    """
    # A whisker below, because 0.95 * 20 is not 19 in every rounding.
    enough = true >= recall * true[:, -1:] * (1 - 1e-12)
    first = np.argmax(enough, axis=1)
    return _share(false[np.arange(len(false)), first], false[:, -1])


def area(x: Table, y: Table, limit: float) -> Rows:
    """Area under a rising curve of straight lines from (0, 0), up to `limit`, as a share of it.

    Args:
        x: Corners, non-decreasing along a row, the last at least `limit`; shape (B, K).
        y: Their heights, shape (B, K).
        limit: Where the area ends, in (0, 1].
    """
    start = np.zeros((len(x), 1))
    x, y = np.hstack([start, x]), np.hstack([start, y])
    run, rise = np.diff(x, axis=1), np.diff(y, axis=1)
    inside = np.clip(limit - x[:, :-1], 0.0, run)
    slope = np.divide(rise, run, out=np.zeros_like(run), where=run > 0)
    return np.asarray(np.sum(inside * (y[:, :-1] + slope * inside / 2), axis=1) / limit, np.float64)


def _share(part: Rows, whole: Rows) -> Rows:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _f1(true: Table, false: Table) -> Table:
    positives = true[:, -1:]
    total = np.where(positives > 0, true + false + positives, np.nan)
    return np.asarray(2 * true / total, np.float64)

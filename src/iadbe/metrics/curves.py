"""The curves behind the metrics, thinned for drawing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.metrics.image import Labels, Scores, undefined
from iadbe.metrics.ranking import PixelRanking
from iadbe.metrics.region import Curve, pro_curve

MAX_POINTS = 200


def curve_table(
    cell: Cell, labels: Labels, scores: Scores, ranking: PixelRanking | None
) -> pd.DataFrame:
    """Rows of `iadbe.schemas.CurvesSchema`; an undefined curve has none.

    Args:
        cell: Named in every row.
        labels: Test labels, shape (N,).
        scores: Raw image scores, shape (N,).
        ranking: All test pixels, or None where there is no comparing them.

    Returns:
        `roc` (false against true positive rate) and `precision_recall` (recall against precision)
        of the images, `pro` (false positive rate against overlap) up to the limit of AUPRO.
    """
    curves: dict[str, Curve] = {}
    if not undefined(labels):
        curves = {"roc": roc(labels, scores), "precision_recall": precision_recall(labels, scores)}
    if ranking is not None:
        curves["pro"] = pro_curve(ranking)
    columns = [*cell.row, "curve", "x", "y"]
    rows = [
        {**cell.row, "curve": name, "x": float(x), "y": float(y)}
        for name, curve in curves.items()
        for x, y in zip(*thin(*curve), strict=True)
    ]
    return pd.DataFrame(rows, columns=columns)


def roc(labels: Labels, scores: Scores) -> Curve:
    """False and true positive rate of the images, from (0, 0) to (1, 1)."""
    from sklearn.metrics import roc_curve

    false_positive_rate, true_positive_rate, _ = roc_curve(labels, scores)
    return false_positive_rate, true_positive_rate


def precision_recall(labels: Labels, scores: Scores) -> Curve:
    """Recall and precision of the images, from recall 0 (precision 1 by convention) to 1."""
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(labels, scores)
    return recall[::-1], precision[::-1]


def thin(
    x: np.ndarray[tuple[int], np.dtype[np.float64]],
    y: np.ndarray[tuple[int], np.dtype[np.float64]],
    points: int = MAX_POINTS,
) -> Curve:
    """Keep at most `points` points, evenly along the curve, both ends among them.

    A dropped point is within a `points`-th of the curve's length of a kept one, length meaning
    the sum of horizontal and vertical steps: at most 2 for a curve that only rises.
    """
    if len(x) <= points:
        return x, y
    steps = np.abs(np.diff(x)) + np.abs(np.diff(y))
    travelled = np.concatenate([[0.0], np.cumsum(steps)])
    kept = np.searchsorted(travelled, np.linspace(0.0, travelled[-1], points - 1))
    kept = np.unique(np.append(kept, len(x) - 1))
    return x[kept], y[kept]

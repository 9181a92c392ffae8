"""How well predicted boxes find each defect: COCO's mean average precision, and F1.

Lin et al. 2014, "Microsoft COCO: Common Objects in Context", ECCV, with one class, "defect", and
all sizes. Where confidences do not tie, average precisions are those of pycocotools' `COCOeval`;
equally confident boxes are met all at once here, as everywhere in IADBE, so no order of images
decides between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.metrics.box_matching import IOUS, Boxes, hits
from iadbe.metrics.measure import Measure

NO_BOXES = "the model gives no boxes"
METRICS = ("map50", "map50_95", "precision", "recall", "f1")
_RECALLS = np.linspace(0, 1, 101)
_BOX = ["left", "top", "right", "bottom"]


@dataclass(frozen=True)
class BoxRanking:
    """Counts at the K distinct confidences of predicted boxes, from the highest to the lowest."""

    truths: int
    """True boxes of all test samples."""
    predicted: npt.NDArray[np.int64]
    """Predicted boxes of at least that confidence, shape (K,)."""
    hit: npt.NDArray[np.int64]
    """True boxes that they hit at each of `IOUS`, shape (10, K)."""


def rank_boxes(truth: Iterable[tuple[str, Boxes]], detections: pd.DataFrame) -> BoxRanking:
    """Match the boxes of all test samples and count.

    Args:
        truth: Each test sample's id and true boxes, none for a normal sample.
        detections: Predicted boxes (`iadbe.schemas.DetectionsSchema`); those of other samples
            are left out.
    """
    groups = detections.groupby("sample_id").indices
    boxes, confidence = detections[_BOX].to_numpy(np.float64), detections["confidence"].to_numpy()
    confidences, matches, truths = [np.zeros(0)], [np.zeros((len(IOUS), 0), dtype=bool)], 0
    for sample_id, true in truth:
        rows = groups.get(sample_id, np.zeros(0, dtype=np.intp))
        counted, hit = hits(boxes[rows], confidence[rows].astype(np.float64), true)
        confidences.append(counted)
        matches.append(hit)
        truths += len(true)
    return _count(np.concatenate(confidences), np.concatenate(matches, axis=1), truths)


def _count(
    confidence: npt.NDArray[np.float64], hit: npt.NDArray[np.bool_], truths: int
) -> BoxRanking:
    order = np.argsort(-confidence, kind="stable")
    last = np.flatnonzero(np.diff(confidence[order], append=-np.inf))  # of equal confidences
    return BoxRanking(truths, last + 1, hit[:, order].cumsum(axis=1)[:, last])


def detection_measures(ranking: BoxRanking | None, reason: str | None) -> list[Measure]:
    """Average precision, and precision, recall and F1 at the confidence that maximises F1.

    That confidence is chosen on the test samples: the last three are an oracle. They are at an
    overlap of 0.5; `n` counts true boxes. All are null with `reason` where there is no ranking.
    """
    if ranking is None or reason:
        return [Measure("region", metric, None, 0, reason) for metric in METRICS]
    averages = average_precisions(ranking)
    precision, recall, f1 = _at_best_f1(ranking)
    values = (float(averages[0]), float(averages.mean()), precision, recall, f1)
    return [
        Measure("region", metric, value, ranking.truths, None if value is not None else _NONE)
        for metric, value in zip(METRICS, values, strict=True)
    ]


_NONE = "the model predicted no box"


def average_precisions(ranking: BoxRanking) -> npt.NDArray[np.float64]:
    """Mean over the recalls 0, 0.01, …, 1 of the highest precision at that recall or above.

    Args:
        ranking: Counts, with at least one true box.

    Returns:
        In [0, 1], one value for each of `IOUS`, shape (10,).
    """
    recall = ranking.hit / ranking.truths
    precision = np.maximum.accumulate((ranking.hit / ranking.predicted)[:, ::-1], axis=1)[:, ::-1]
    reached = np.pad(precision, ((0, 0), (0, 1)))  # beyond the last recall, nothing
    places = [np.searchsorted(row, _RECALLS, side="left") for row in recall]
    return np.array([row[place].mean() for row, place in zip(reached, places, strict=True)])


def _at_best_f1(ranking: BoxRanking) -> tuple[float | None, float, float]:
    """Precision (None without any box), recall and F1."""
    if not len(ranking.predicted):
        return None, 0.0, 0.0
    f1 = 2 * ranking.hit[0] / (ranking.predicted + ranking.truths)
    best = int(f1.argmax())
    hit = int(ranking.hit[0, best])
    return hit / int(ranking.predicted[best]), hit / ranking.truths, float(f1[best])

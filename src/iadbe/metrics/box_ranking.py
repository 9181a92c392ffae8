"""Predicted boxes of all test samples, matched with the true ones and ranked by confidence.

Lin et al. 2014, "Microsoft COCO: Common Objects in Context", ECCV, with one class, "defect", and
all sizes. Where confidences do not tie, the counts are those of pycocotools' `COCOeval`; equally
confident boxes are met all at once here, as everywhere in IADBE, so no order of images decides
between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.metrics.box_matching import IOUS, Boxes, hits

_BOX = ["left", "top", "right", "bottom"]


class BoxCounts(NamedTuple):
    """Counts at the K distinct confidences of predicted boxes, from the highest to the lowest."""

    truths: int
    """True boxes."""
    predicted: npt.NDArray[np.int64]
    """Predicted boxes of at least that confidence, shape (K,)."""
    hit: npt.NDArray[np.int64]
    """True boxes that they hit at each of `IOUS`, shape (10, K)."""


@dataclass(frozen=True)
class BoxRanking:
    """The P predicted boxes of N test samples, the most confident first.

    Attributes:
        truths: True boxes of each sample, shape (N,).
        sample: Place of each predicted box's sample, shape (P,).
        hits: Places of the H boxes that hit a true one, ascending, shape (H,).
        hit: Whether these do so at each of `IOUS`, shape (10, H).
        last: Place of the last box of each of K distinct confidences, shape (K,).
    """

    truths: npt.NDArray[np.int64]
    sample: npt.NDArray[np.intp]
    hits: npt.NDArray[np.intp]
    hit: npt.NDArray[np.bool_]
    last: npt.NDArray[np.intp]

    def counts(self, times: npt.NDArray[np.integer] | None = None) -> BoxCounts:
        """What is counted with each sample taken so many times, shape (N,); once by default."""
        taken = np.ones(len(self.truths), np.int64) if times is None else times.astype(np.int64)
        boxes = taken[self.sample]
        hit = np.pad((self.hit * boxes[self.hits]).cumsum(axis=1), ((0, 0), (1, 0)))
        return BoxCounts(int(taken @ self.truths), boxes.cumsum()[self.last], hit[:, self._met])

    def where_it_hits(self) -> BoxRanking:
        """At the confidences of boxes that hit, and the last: nothing is best between them."""
        kept = np.diff(self._met, prepend=0) > 0
        kept[-1:] = True  # boxes that hit nothing are predicted all the same
        last = self.last[kept]
        return BoxRanking(
            self.truths, self.sample[: last.max(initial=-1) + 1], self.hits, self.hit, last
        )

    @property
    def _met(self) -> npt.NDArray[np.intp]:
        """How many of `hits` are met at each confidence, shape (K,)."""
        return np.searchsorted(self.hits, self.last, side="right")


def rank_boxes(truth: Iterable[tuple[str, Boxes]], detections: pd.DataFrame) -> BoxRanking:
    """Match the boxes of all test samples and rank them.

    Args:
        truth: Each test sample's id and true boxes, none for a normal sample.
        detections: Predicted boxes (`iadbe.schemas.DetectionsSchema`); those of other samples
            are left out.
    """
    groups = detections.groupby("sample_id").indices
    boxes, scores = detections[_BOX].to_numpy(np.float64), detections["confidence"].to_numpy()
    confidences, matches, truths = [np.zeros(0)], [np.zeros((len(IOUS), 0), dtype=bool)], []
    for sample_id, true in truth:
        rows = groups.get(sample_id, np.zeros(0, dtype=np.intp))
        counted, hit = hits(boxes[rows], scores[rows].astype(np.float64), true)
        confidences.append(counted)
        matches.append(hit)
        truths.append(len(true))
    sample = np.repeat(np.arange(len(truths)), [len(counted) for counted in confidences[1:]])
    confidence = np.concatenate(confidences)
    order = np.argsort(-confidence, kind="stable")
    last = np.flatnonzero(np.diff(confidence[order], append=-np.inf))  # of equal confidences
    hit = np.concatenate(matches, axis=1)[:, order]
    hitting = np.flatnonzero(hit.any(axis=0))
    return BoxRanking(np.array(truths, np.int64), sample[order], hitting, hit[:, hitting], last)

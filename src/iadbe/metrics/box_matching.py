"""Which predicted boxes of an image hit a true one: the greedy matching of COCO."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
"""Rows of left, top, right, bottom."""
IOUS = np.linspace(0.5, 0.95, 10)
"""Overlaps (intersection over union) from which a box counts as a hit: 0.50, 0.55, …, 0.95."""
MAX_BOXES = 100
"""Predicted boxes that count in an image, the most confident ones, as in COCO."""


def hits(
    boxes: Boxes, confidence: npt.NDArray[np.float64], truth: Boxes
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Match the boxes of one image, the most confident first, each to the best true box left.

    Lin et al. 2014, "Microsoft COCO", ECCV, as pycocotools' `COCOeval` does it. Equally confident
    boxes are taken by their overlap, then by their place: the result does not depend on the order
    in which a model gives its boxes.

    Args:
        boxes: Predicted boxes, shape (n, 4).
        confidence: Shape (n,).
        truth: True boxes, shape (m, 4).

    Returns:
        Confidence of the boxes that count, in falling order, shape (k,), and whether each is a hit
        at each of `IOUS`, shape (10, k).
    """
    truth = truth[np.lexsort(truth.T)]
    overlap = iou(boxes, truth)
    best = overlap.max(axis=1, initial=0.0)
    order = np.lexsort((*boxes.T, -best, -confidence))[:MAX_BOXES]
    hit = np.zeros((len(IOUS), len(order)), dtype=bool)
    free = np.ones((len(IOUS), len(truth)), dtype=bool)
    levels = np.arange(len(IOUS))
    for place, box in enumerate(order):
        if best[box] < IOUS[0]:
            continue
        usable = np.where(free & (overlap[box] >= IOUS[:, None]), overlap[box], -1.0)
        chosen = usable.argmax(axis=1)
        hit[:, place] = usable[levels, chosen] >= 0
        free[levels[hit[:, place]], chosen[hit[:, place]]] = False
    return confidence[order], hit


def iou(boxes: Boxes, others: Boxes) -> npt.NDArray[np.float64]:
    """Intersection over union of all pairs, shape (n, m); 0 where both boxes are empty."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    common = (high - low).clip(0).prod(axis=2)
    union = area(boxes)[:, None] + area(others)[None] - common
    shares: npt.NDArray[np.float64] = np.divide(
        common, union, out=np.zeros_like(common), where=union > 0
    )
    return shares


def area(boxes: Boxes) -> npt.NDArray[np.float64]:
    """Area of each box, shape (n,)."""
    sides: npt.NDArray[np.float64] = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    return sides

"""From a trained detector's boxes to a raw image score, boxes and an anomaly map."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from iadbe.models.yolo.library import non_max_suppression
from iadbe.models.yolo.pixels import as_tensor

IOU = 0.7
MAX_BOXES = 100
Array = npt.NDArray[np.float32]


class Answer(NamedTuple):
    """What a network says of an image: score, boxes (n, 5) as shares, map (edge, edge)."""

    score: float
    boxes: Array | None = None
    anomaly_map: Array | None = None


@torch.inference_mode()
def detect(model: torch.nn.Module, images: Array, edge: int, conf: float) -> list[Answer]:
    """Score images.

    Args:
        model: A one-class detector in evaluation mode.
        images: RGB, float32 in [0, 1], shape (n, size, size, 3), at the size of the input.
        edge: Edge of the map in pixels.
        conf: Boxes of lower confidence are left out of boxes and map.

    Returns:
        Of each image the highest confidence of all candidate boxes, and what is left of them after
        suppression.
    """
    answers = []
    for candidates in run(model, images)[0].split(1):
        score, rows = suppress(model, candidates, conf)
        boxes = as_shares(rows, images.shape[1])
        answers.append(Answer(score, boxes, paint(boxes, edge)))
    return answers


def run(model: Any, images: Array) -> Any:
    """The raw output of a network for images of shape (n, size, size, 3)."""
    return model(as_tensor(images).to(next(model.parameters()).device))


def suppress(model: Any, candidates: torch.Tensor, conf: float) -> tuple[float, torch.Tensor]:
    """The peak of all candidates, and those that survive non-maximum suppression.

    Args:
        model: The network; newer ones suppress by themselves (`end2end`).
        candidates: Of one image: (1, 4 + 1 + masks, n), or (1, n, 6 + masks) from `end2end`.
        conf: Lowest confidence.

    Returns:
        Rows of left, top, right, bottom in pixels, confidence, class, and masks' coefficients.
    """
    confidence = candidates[0, :, 4] if model.end2end else candidates[0, 4]
    score = float(confidence.max())
    rows = non_max_suppression(
        candidates.clone(), conf, IOU, nc=1, max_det=MAX_BOXES, end2end=model.end2end
    )[0]
    return score, rows


def as_shares(rows: torch.Tensor, size: int) -> Array:
    """Left, top, right, bottom as shares in [0, 1], and confidence, float32 of shape (n, 5)."""
    boxes = rows[:, :5].float().cpu().numpy()
    boxes[:, :4] = (boxes[:, :4] / size).clip(0, 1)
    return boxes


def paint(boxes: Array, edge: int) -> Array:
    """The highest confidence over each pixel.

    Args:
        boxes: Rows of left, top, right, bottom as shares and confidence, shape (n, 5).
        edge: Edge of the map in pixels.

    Returns:
        Float32 of shape (edge, edge); 0 where no box lies.
    """
    canvas = np.zeros((edge, edge), dtype=np.float32)
    ordered = boxes[np.argsort(boxes[:, 4], kind="stable")]
    places = ordered[:, :4] * edge
    corners = np.hstack([np.floor(places[:, :2]), np.ceil(places[:, 2:])]).clip(0, edge)
    for (left, top, right, bottom), confidence in zip(
        corners.astype(int), ordered[:, 4], strict=True
    ):
        canvas[top:bottom, left:right] = confidence
    return canvas

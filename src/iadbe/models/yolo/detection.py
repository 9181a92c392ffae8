"""From a trained detector's boxes to a raw image score and anomaly map."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from iadbe.models.yolo.library import DetectionModel, non_max_suppression
from iadbe.models.yolo.pixels import resize

IOU = 0.7
MAX_BOXES = 100


@torch.inference_mode()
def detect(
    model: DetectionModel, image: npt.NDArray[np.float32], size: int, conf: float
) -> tuple[float, npt.NDArray[np.float32]]:
    """Score one image.

    Args:
        model: A one-class detector in evaluation mode.
        image: RGB, float32 in [0, 1], shape (edge, edge, 3).
        size: Edge of the detector's input in pixels.
        conf: Boxes of lower confidence are left out of the map.

    Returns:
        The highest confidence of all candidate boxes, and the map of shape (edge, edge).
    """
    device = next(model.parameters()).device
    candidates = model(resize(image, size)[None].to(device))[0]
    boxes = non_max_suppression(
        candidates.clone(), conf, IOU, max_det=MAX_BOXES, end2end=model.end2end
    )[0]
    confidence = candidates[0, :, 4] if model.end2end else candidates[0, 4:]
    edge = image.shape[0]
    boxes[:, :4] *= edge / size
    return float(confidence.max()), paint(boxes[:, :5].cpu().numpy(), edge)


def paint(boxes: npt.NDArray[np.float32], edge: int) -> npt.NDArray[np.float32]:
    """The highest confidence over each pixel.

    Args:
        boxes: Rows of left, top, right, bottom in pixels and confidence, shape (n, 5).
        edge: Edge of the map in pixels.

    Returns:
        Float32 of shape (edge, edge); 0 where no box lies.
    """
    canvas = np.zeros((edge, edge), dtype=np.float32)
    ordered = boxes[np.argsort(boxes[:, 4], kind="stable")]
    corners = np.hstack([np.floor(ordered[:, :2]), np.ceil(ordered[:, 2:4])]).clip(0, edge)
    for (left, top, right, bottom), confidence in zip(
        corners.astype(int), ordered[:, 4], strict=True
    ):
        canvas[top:bottom, left:right] = confidence
    return canvas

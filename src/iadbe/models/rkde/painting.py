"""The anomaly map of scored regions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def painted(
    boxes: npt.NDArray[np.float32], scores: npt.NDArray[np.float64], size: int, background: float
) -> npt.NDArray[np.float32]:
    """The highest score of all regions over each pixel.

    Args:
        boxes: Left, top, right, bottom in pixels, shape (n, 4).
        scores: Shape (n,).
        size: Edge of the map in pixels.
        background: Of pixels that no region covers; the same for all images, as pixels of
            different images are ranked together.

    Returns:
        Shape (size, size).
    """
    anomaly_map = np.full((size, size), background, dtype=np.float32)
    starts = np.clip(np.floor(boxes[:, :2]), 0, size - 1).astype(int)
    ends = np.clip(np.ceil(boxes[:, 2:]), 1, size).astype(int)
    for index in np.argsort(scores, kind="stable"):
        (left, top), (right, bottom) = starts[index], ends[index]
        anomaly_map[top:bottom, left:right] = scores[index]
    return anomaly_map

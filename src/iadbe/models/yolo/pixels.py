"""The detector's input, the same in training and prediction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import interpolate


def resize(image: npt.NDArray[np.float32], size: int) -> torch.Tensor:
    """An image as the detector sees it.

    Args:
        image: RGB, float32 in [0, 1], shape (height, width, 3).
        size: Edge of the square result in pixels.

    Returns:
        RGB, float32, shape (3, size, size); untouched values where the size is right already.
    """
    pixels = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)
    if pixels.shape[1:] == (size, size):
        return pixels
    return interpolate(
        pixels[None], (size, size), mode="bilinear", align_corners=False, antialias=True
    )[0]

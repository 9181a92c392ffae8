"""Samples at the size of the network's input, the same in training and prediction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from iadbe.samples import Samples


def at_input_size(samples: Samples, size: int) -> Samples:
    """The samples decoded at the edge of the input, in pixels."""
    return samples if samples.size == size else samples.at(size)


def as_tensor(image: npt.NDArray[np.float32]) -> torch.Tensor:
    """An image as the network sees it.

    Args:
        image: RGB, float32 in [0, 1], shape (size, size, 3).

    Returns:
        The same values, shape (1, 3, size, size).
    """
    return torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None]

"""Samples at the size of the network's input, the same in training and prediction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from iadbe.samples import Samples


def at_input_size(samples: Samples, size: int) -> Samples:
    """The samples decoded at the edge of the input, in pixels."""
    return samples if samples.size == size else samples.at(size)


def as_tensor(images: npt.NDArray[np.float32]) -> torch.Tensor:
    """Images as the network sees them.

    Args:
        images: RGB, float32 in [0, 1], shape (n, size, size, 3).

    Returns:
        The same values, shape (n, 3, size, size).
    """
    return torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2)

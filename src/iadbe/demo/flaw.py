"""The ground truth of a flaw: where a scene differs from its flawless twin."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from iadbe.demo.shapes import Array
from iadbe.samples import Box

_VISIBLE = 0.03
"""Least change of any channel, of 1, that counts as a change."""
_LEAST_AREA = 0.0003
_EIGHT_NEIGHBOURS = np.ones((3, 3), dtype=bool)


def changed_region(flawed: Array, flawless: Array) -> npt.NDArray[np.bool_]:
    """The region that a flaw changed, its small gaps closed.

    Args:
        flawed: RGB in [0, 1], float32 of shape (size, size, 3), before light and noise.
        flawless: The same scene without the flaw.

    Returns:
        Bool of shape (size, size); all False if nobody could see the flaw.
    """
    size = len(flawed)
    changed = np.abs(flawed - flawless).max(axis=2) > _VISIBLE
    gap = max(1, size // 85)
    closed = ndimage.binary_closing(np.pad(changed, 2 * gap), _EIGHT_NEIGHBOURS, iterations=gap)
    region = ndimage.binary_fill_holes(closed)[2 * gap : -2 * gap, 2 * gap : -2 * gap]
    labels, count = ndimage.label(region, _EIGHT_NEIGHBOURS)
    areas = ndimage.sum_labels(changed, labels, range(count + 1))
    return np.asarray((areas >= _LEAST_AREA * size**2)[labels] & region)


def boxes_around(mask: npt.NDArray[np.bool_]) -> list[Box]:
    """The tight box around each group of near parts of a mask, as shares of width and height."""
    height, width = mask.shape
    near = ndimage.binary_dilation(mask, _EIGHT_NEIGHBOURS, iterations=max(1, width // 28))
    groups, _ = ndimage.label(near, _EIGHT_NEIGHBOURS)
    return [
        (columns.start / width, rows.start / height, columns.stop / width, rows.stop / height)
        for rows, columns in ndimage.find_objects(groups * mask)
    ]

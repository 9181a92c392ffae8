"""The connected regions of a defect mask as boxes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

RegionBox = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of width and height in [0, 1]."""


def region_boxes(mask: npt.NDArray[np.bool_]) -> tuple[RegionBox, ...]:
    """The smallest box around each 8-connected region.

    Args:
        mask: Defective pixels, shape (height, width).

    Returns:
        Boxes in reading order of their first pixel; none for an empty mask.
    """
    regions, _ = ndimage.label(mask, structure=np.ones((3, 3)))
    height, width = mask.shape
    return tuple(
        (x.start / width, y.start / height, x.stop / width, y.stop / height)
        for y, x in ndimage.find_objects(regions)
    )

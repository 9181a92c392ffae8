"""The connected regions of ground-truth masks: how many, how large, which share is covered."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from iadbe.schemas import DEFECT_SIZES

SIZE_LIMITS = (1 / 400, 1 / 100)
"""Shares of the image area where a region begins to be medium and large: squares whose edges are
5 % and 10 % of the image's."""

Masks = npt.NDArray[np.bool_]


class DefectRegions(NamedTuple):
    """The defective pixels of one image, in the order of `mask.ravel()`, and their regions."""

    labels: npt.NDArray[np.int32]
    """Region of every pixel of the image, 0 where it is normal, shape (H, W)."""
    region: npt.NDArray[np.int32]
    """Region of every defective pixel, from 0, shape (P,)."""
    area: npt.NDArray[np.int64]
    """Pixels of every region, shape (R,)."""
    size: npt.NDArray[np.intp]
    """Place of every region's size in `DEFECT_SIZES`, shape (R,)."""

    @property
    def share(self) -> npt.NDArray[np.float64]:
        """What every defective pixel is of its region, shape (P,)."""
        return 1.0 / self.area[self.region]


def find_regions(mask: Masks) -> DefectRegions:
    """Label a mask, shape (H, W), 8-connected as in the MVTec AD evaluation code."""
    from scipy.ndimage import label

    labels = np.zeros(mask.shape, dtype=np.int32)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows):  # defects are small: only the part around them is labelled
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        label(mask[box], structure=np.ones((3, 3), dtype=bool), output=labels[box])
        region = labels[box][mask[box]] - 1
    else:
        region = np.empty(0, dtype=np.int32)
    area = np.bincount(region)
    return DefectRegions(labels, region, area, size_places(area, mask.size))


def size_places(area: npt.ArrayLike, image_area: int) -> npt.NDArray[np.intp]:
    """Which of `DEFECT_SIZES` regions of some areas in pixels are."""
    limits = [share * image_area for share in SIZE_LIMITS]
    return np.searchsorted(limits, np.asarray(area), side="right")


def image_size_name(regions: DefectRegions) -> str | None:
    """The size of an image's largest region; None if it has none."""
    return DEFECT_SIZES[int(regions.size.max())] if len(regions.size) else None

"""Which defects are found, region by region, when false regions are rationed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.metrics.defect_regions import DefectRegions


def found_regions(
    map_: npt.NDArray[np.float32], regions: DefectRegions, threshold: np.float32
) -> npt.NDArray[np.bool_]:
    """Whether each defect is found by a predicted region.

    A predicted region is a connected one above the threshold. It counts if its peak lies in a
    defect, every highest pixel where they tie: a flood that only runs over a defect finds nothing.
    It then finds all the defects that it touches.

    Args:
        map_: Raw anomaly map, shape (H, W).
        regions: The defects of the image, R of them.
        threshold: Pixels above it are predicted.

    Returns:
        Shape (R,).
    """
    from scipy.ndimage import label

    predicted, count = label(map_ > threshold, structure=np.ones((3, 3), dtype=bool))
    pixels = np.flatnonzero(predicted)  # few
    # Of any other type, even float32 with its byte order named, `maximum.at` is 20 times slower.
    names, scores = predicted.ravel()[pixels].astype(np.intp), map_.ravel()[pixels].astype("f4")
    defects = regions.labels.ravel()[pixels]
    normal = defects == 0
    true = _peaks(scores, names, count) > _peaks(scores[normal], names[normal], count)
    found = np.zeros(len(regions.area), dtype=bool)
    found[defects[true[names] & ~normal] - 1] = True
    return found


def _peaks(
    scores: npt.NDArray[np.float32], names: npt.NDArray[np.intp], count: int
) -> npt.NDArray[np.float32]:
    """The highest score with each name up to `count`, shape (count + 1,); else -inf."""
    peaks = np.full(count + 1, -np.inf, np.float32)
    np.maximum.at(peaks, names, scores)
    return peaks

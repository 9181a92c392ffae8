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
    names = np.arange(1, count + 1)
    true = _peaks(map_, predicted, names) > _peaks(map_, predicted * (regions.labels == 0), names)
    hits = np.append(False, true)[predicted] & (regions.labels > 0)
    found = np.zeros(len(regions.area), dtype=bool)
    found[regions.labels[hits] - 1] = True
    return found


def _peaks(
    map_: npt.NDArray[np.float32], labels: npt.NDArray[np.int32], names: npt.NDArray[np.int_]
) -> npt.NDArray[np.float64]:
    """The highest score with each label; -inf for a label without a pixel."""
    peaks = np.full(len(names) + 1, -np.inf)
    np.maximum.at(peaks, labels.ravel(), map_.ravel())
    return peaks[1:]

"""All test pixels ranked once; every pixel and region metric is read off that ranking.

A curve turns only where a threshold meets a defective pixel, and those are few. So normal and
defective pixels are sorted apart, and the counts are looked up at the distinct scores of defective
pixels: exact with ties, no index over all pixels, a peak of about 9 bytes a test pixel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Block = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]


@dataclass(frozen=True)
class PixelRanking:
    """Counts at the K distinct scores t of defective pixels, from the highest t to the lowest.

    A threshold between two of them changes nothing but false positives, so the curves run straight
    from (`false_positives`, tp) at one to (`false_positives_above`, tp) at the next; from `above`
    to `at` the same t they run straight too, because tied pixels are met all at once.
    """

    positives: int
    """Defective pixels."""
    negatives: int
    """Normal pixels, those of normal images included."""
    regions: int
    """Connected defective regions of all images."""
    true_positives: Counts
    """Defective pixels with score >= t, shape (K,)."""
    false_positives: Counts
    """Normal pixels with score >= t, shape (K,)."""
    false_positives_above: Counts
    """Normal pixels with score > t, shape (K,)."""
    overlap: npt.NDArray[np.float64]
    """Share of a region with score >= t, averaged over the regions, shape (K,)."""

    @property
    def undefined(self) -> str | None:
        """Why there are no curves, or None if there are."""
        if not self.positives:
            return "no defective pixel in the test masks"
        return None if self.negatives else "no normal pixel in the test masks"


def rank_pixels(blocks: Iterable[Block]) -> PixelRanking:
    """Rank the pixels of all test images.

    Args:
        blocks: Stacks of finite float32 anomaly maps and their masks, shape (n, H, W) each.

    Returns:
        The ranking; regions are 8-connected.
    """
    normal, defective, shares = [np.empty(0, np.float32)], [np.empty(0, np.float32)], []
    regions = 0
    for maps, masks in blocks:
        normal.append(maps[~masks])
        defective.append(maps[masks])
        share, found = _region_shares(masks)
        shares.append(share)
        regions += found
    negatives = np.concatenate(normal)
    normal.clear()
    negatives.sort()
    share = np.concatenate([np.empty(0), *shares]) / max(regions, 1)
    return _count(negatives, np.concatenate(defective), share, regions)


def _region_shares(masks: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], int]:
    """1 / (pixels of its region) for every defective pixel, and the number of regions.

    8-connected within an image, as `compute_pro` of the MVTec AD evaluation code has it.
    """
    from scipy.ndimage import label

    within_image = np.zeros((3, 3, 3), dtype=bool)
    within_image[1] = True
    labels, found = label(masks, structure=within_image)
    region = labels[masks]
    return 1.0 / np.bincount(region, minlength=found + 1)[region], int(found)


def _count(
    negatives: npt.NDArray[np.float32],
    positives: npt.NDArray[np.float32],
    share: npt.NDArray[np.float64],
    regions: int,
) -> PixelRanking:
    order = np.argsort(positives, kind="stable")
    thresholds, first = np.unique(positives[order], return_index=True)
    above = len(negatives) - np.searchsorted(negatives, thresholds, side="right")[::-1]
    at = len(negatives) - np.searchsorted(negatives, thresholds, side="left")[::-1]
    true_positives = len(positives) - first[::-1]
    covered = np.cumsum(share[order[::-1]])
    return PixelRanking(
        positives=len(positives),
        negatives=len(negatives),
        regions=regions,
        true_positives=true_positives,
        false_positives=at,
        false_positives_above=above,
        # Rounding must not lift a perfect model above 1.
        overlap=np.minimum(covered[true_positives - 1], 1.0),
    )

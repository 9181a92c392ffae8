"""The pixels of many images ranked; every pixel and region metric is read off that ranking.

A curve turns only where a threshold meets a defective pixel, and those are few. So normal and
defective pixels are tallied apart, and the counts are looked up where defective pixels lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iadbe.metrics.defect_regions import find_regions
from iadbe.metrics.tally import Tally

DEFECTIVE = 2**22
"""Defective pixels that are kept exactly; each takes some 50 bytes when they are ranked."""

_PART = 2**18
"""Scores that are looked up at a time."""

Counts = npt.NDArray[np.float64]
Block = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]


@dataclass(frozen=True)
class PixelRanking:
    """Counts at the K distinct scores t of defective pixels, from the highest t to the lowest.

    A threshold between two of them changes nothing but false positives, so the curves run straight
    from (`false_positives`, tp) at one to (`false_positives_above`, tp) at the next; from `above`
    to `at` the same t they run straight too, because tied pixels are met all at once. Beyond the
    buffers of the tallies, t are bins; see `iadbe.metrics.bins` for how far off that can be.
    """

    scores: npt.NDArray[np.float32]
    """The scores t, falling, shape (K,)."""
    positives: float
    """Defective pixels."""
    negatives: float
    """Normal pixels, those of normal images included."""
    regions: int
    """Connected defective regions of all images."""
    true_positives: Counts
    """Defective pixels with score >= t, shape (K,)."""
    false_positives: Counts
    """Normal pixels with score >= t, shape (K,)."""
    false_positives_above: Counts
    """Normal pixels with score > t, shape (K,)."""
    overlap: Counts
    """Share of a region with score >= t, averaged over the regions, shape (K,)."""

    @property
    def undefined(self) -> str | None:
        """Why there are no curves, or None if there are."""
        if not self.positives:
            return "no defective pixel in the test masks"
        return None if self.negatives else "no normal pixel in the test masks"


def rank(defective: Tally, normal: Sequence[Tally], regions: int) -> PixelRanking:
    """Rank defective against normal pixels.

    Args:
        defective: Scores of the defective pixels, each weighted by what it is of its region.
        normal: Scores of the normal pixels, in one or more parts.
        regions: Number of defective regions.
    """
    # Sorting and searching release the interpreter, and take most of the time.
    with ThreadPoolExecutor(max_workers=len(normal)) as pool:
        settled = [pool.submit(tally.settle) for tally in normal]
        lower, upper, (counts, shares) = defective.ranked()
        for job in settled:
            job.result()
        at, above = np.empty(len(lower)), np.empty(len(lower))
        for start in range(0, len(lower), _PART):
            part = slice(start, start + _PART)
            met = pool.map(lambda tally, ends=(lower[part], upper[part]): tally.met(*ends), normal)
            at[part], above[part] = np.sum(list(met), axis=0)
    return PixelRanking(
        scores=lower[::-1],
        positives=float(counts.sum()),
        negatives=float(sum(map(len, normal))),
        regions=regions,
        true_positives=counts[::-1].cumsum(),
        false_positives=at[::-1],
        false_positives_above=above[::-1],
        # Rounding must not lift a perfect model above 1.
        overlap=np.minimum(shares[::-1].cumsum() / max(regions, 1), 1.0),
    )


def add_normal(tally: Tally, maps: npt.NDArray[np.float32], masks: npt.NDArray[np.bool_]) -> None:
    """Count the normal pixels of maps with masks, shape (n, H, W) each."""
    # Most rows have no defect, and whole ones are copied several times faster than pixels.
    defective = masks.any(axis=2)
    tally.add(maps[~defective].ravel())
    tally.add(maps[defective][~masks[defective]])


def rank_pixels(blocks: Iterable[Block]) -> PixelRanking:
    """Rank the pixels of stacks of maps and masks, in one pass and bounded memory.

    Args:
        blocks: Finite float32 anomaly maps and bool masks, shape (n, H, W) each; a normal image's
            mask is all False.

    Raises:
        ValueError: If a score is not finite.
    """
    defective, regions = Tally(weighted=True, buffer=DEFECTIVE), 0
    normal = [Tally(), Tally()]  # two, of one size, are sorted at a time
    with ThreadPoolExecutor(max_workers=1) as pool:  # picking pixels releases the interpreter
        for place, (maps, masks) in enumerate(blocks):
            tallied = pool.submit(add_normal, normal[place % 2], maps, masks)
            for row in np.flatnonzero(masks.any(axis=(1, 2))):
                found = find_regions(masks[row])
                defective.add(maps[row][masks[row]], found.share)
                regions += len(found.area)
            tallied.result()
    return rank(defective, normal, regions)

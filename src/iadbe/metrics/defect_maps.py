"""What the anomaly maps of anomalous images tell, by defect type and size.

They come after all normal ones, which set the thresholds for AUPIMO and for the region recall.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from iadbe.metrics.aupimo import Thresholds, aupimo
from iadbe.metrics.defect_regions import DefectRegions, find_regions, image_size_name
from iadbe.metrics.measure import ALL, Group
from iadbe.metrics.normal_maps import NormalMaps
from iadbe.metrics.ranking import DEFECTIVE, PixelRanking, add_normal, rank
from iadbe.metrics.region_recall import found_regions
from iadbe.metrics.tally import Tally
from iadbe.schemas import DEFECT_SIZES

NEARBY = np.geomspace(0.4, 2.5, 13)
"""False regions an image, at thresholds that other normal images might set for 1."""


class ImageResult(NamedTuple):
    """What is measured image by image; `None` where normal images would be needed and are not."""

    defect_type: str
    defect_size: str | None
    """That of its largest region; None if its mask has no pixel at this size."""
    regions: dict[str, int]
    """Number of regions of each size."""
    aupimo: float | None
    found: dict[str, int]
    """Number of found regions of each size; empty without normal images."""

    @property
    def group(self) -> Group:
        """The group of the image."""
        return Group(self.defect_type, self.defect_size)

    def counts(self, group: Group = ALL) -> tuple[int, int]:
        """How many regions of a group it has, and how many of them are found."""
        sizes = [name for name in DEFECT_SIZES if group.holds(Group(self.defect_type, name))]
        return sum(self.regions[name] for name in sizes), sum(self.found.get(s, 0) for s in sizes)


@dataclass
class _Defects:
    pixels: Tally = field(default_factory=lambda: Tally(weighted=True, buffer=DEFECTIVE))
    regions: int = 0


class DefectMaps:
    """Maps of anomalous images, taken in as they come. Parts, e.g. of several processes, merge.

    Args:
        normal: All normal images' maps; complete, as they set thresholds.

    Attributes:
        background: Scores of the normal pixels of anomalous images.
        images: One result an image, by sample id.
    """

    def __init__(self, normal: NormalMaps) -> None:
        self._normal = normal
        self._threshold = normal.thresholds(np.ones(1))[0] if normal.images else None
        self._aupimo: Thresholds | None = normal.aupimo_thresholds() if normal.images else None
        self._defects: dict[Group, _Defects] = {}
        self.background = Tally()
        self.images: dict[str, ImageResult] = {}

    def add(
        self,
        sample_id: str,
        map_: npt.NDArray[np.float32],
        mask: npt.NDArray[np.bool_],
        defect_type: str,
    ) -> None:
        """Take in one finite map and its mask, both of shape (H, W)."""
        regions = find_regions(mask)
        add_normal(self.background, map_[None], mask[None])
        scores = map_[mask]
        sizes, share = regions.size[regions.region], regions.share
        for place, name in enumerate(DEFECT_SIZES):
            if number := int((regions.size == place).sum()):
                group = self._defects.setdefault(Group(defect_type, name), _Defects())
                group.pixels.add(scores[sizes == place], share[sizes == place])
                group.regions += number
        self.images[sample_id] = self._result(map_, scores, regions, defect_type)

    def _result(
        self,
        map_: npt.NDArray[np.float32],
        scores: npt.NDArray[np.float32],
        regions: DefectRegions,
        defect_type: str,
    ) -> ImageResult:
        area = aupimo(scores, self._aupimo) if self._aupimo and len(scores) else None
        found = {}
        if self._threshold is not None:
            hit = found_regions(map_, regions, self._threshold)
            found = _by_size(regions.size[hit])
        return ImageResult(
            defect_type, image_size_name(regions), _by_size(regions.size), area, found
        )

    def merge(self, others: Iterable[Self]) -> None:
        """Take in all that the others took in; they rest on the same normal maps."""
        for other in others:
            self.background.merge([other.background])
            self.images |= other.images
            for group, defects in other._defects.items():
                mine = self._defects.setdefault(group, _Defects())
                mine.pixels.merge([defects.pixels])
                mine.regions += defects.regions

    def thresholds_nearby(self) -> npt.NDArray[np.float32]:
        """Where that of the region recall may lie for other normal images, shape (G,)."""
        if not self._normal.images:
            return np.empty(0, np.float32)
        return np.unique(self._normal.thresholds(NEARBY))

    def groups(self) -> list[Group]:
        """Each defect type that was met, by name, then each size, from small to large."""
        types = sorted({group.defect_type for group in self._defects if group.defect_type})
        sizes = {group.defect_size for group in self._defects}
        return [
            *(Group(defect_type=name) for name in types),
            *(Group(defect_size=name) for name in DEFECT_SIZES if name in sizes),
        ]

    def ranking(self, group: Group = ALL) -> PixelRanking:
        """The defective pixels of a group against all normal pixels."""
        chosen = [defects for key, defects in self._defects.items() if group.holds(key)]
        defective = Tally.joined([defects.pixels for defects in chosen], weighted=True)
        regions = sum(defects.regions for defects in chosen)
        return rank(defective, [self._normal.pixels, self.background], regions)


def _by_size(places: npt.NDArray[np.intp]) -> dict[str, int]:
    counts = np.bincount(places, minlength=len(DEFECT_SIZES))
    return dict(zip(DEFECT_SIZES, counts.tolist(), strict=True))

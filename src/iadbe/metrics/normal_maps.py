"""What the anomaly maps of normal images tell: which scores are false alarms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import numpy as np
import numpy.typing as npt

from iadbe.metrics.aupimo import Thresholds, thresholds
from iadbe.metrics.false_regions import lowest_thresholds, region_events
from iadbe.metrics.tally import Tally

EVENTS = 2**20


class NormalMaps:
    """Maps of normal images, taken in as they come. Parts, e.g. of several processes, merge.

    Attributes:
        images: Number of maps.
        pixels: Their scores.
    """

    def __init__(self) -> None:
        self.images = 0
        self.pixels = Tally()
        self._events = Tally(weighted=True, buffer=EVENTS)

    def add(self, maps: npt.NDArray[np.float32]) -> None:
        """Take in finite maps, shape (n, H, W)."""
        self.images += len(maps)
        self.pixels.add(maps.ravel())
        for map_ in maps:
            self._events.add(*region_events(map_))

    def merge(self, others: Iterable[Self]) -> None:
        """Take in all that the others took in."""
        others = list(others)
        self.images += sum(other.images for other in others)
        self.pixels.merge(other.pixels for other in others)
        self._events.merge(other._events for other in others)

    def thresholds(self, false_regions: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
        """Above which there are at most so many false regions an image, on average."""
        return lowest_thresholds(self._events, self.images, false_regions)

    def aupimo_thresholds(self) -> Thresholds:
        """Those of AUPIMO; at least one map is needed."""
        return thresholds(self.pixels)

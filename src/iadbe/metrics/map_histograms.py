"""What each test image adds to common bins of pixel scores: the ground of pixel intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.defect_regions import find_regions
from iadbe.metrics.false_regions import regions_above
from iadbe.metrics.masked_maps import defect_maps, normal_maps
from iadbe.metrics.measure import Group
from iadbe.metrics.ranking import PixelRanking
from iadbe.metrics.region_recall import found_regions
from iadbe.schemas import DEFECT_SIZES
from iadbe.statistics.pixel_intervals import ImageHistograms

BINS = 256
GROUP_BINS = 128
"""For the defects of one type or size: fewer, because all groups share one reading."""

Edges = npt.NDArray[np.float32]
Counts = npt.NDArray[np.float32]


class _Row(NamedTuple):
    """One image; defects of S sizes."""

    defect_type: str
    negatives: Counts
    positives: Counts
    overlap: Counts
    regions: npt.NDArray[np.intp]
    false_regions: Counts
    found: npt.NDArray[np.intp]


@dataclass(frozen=True)
class MapHistograms:
    """What each of N images adds to K bins, from the highest scores to the lowest.

    Attributes:
        edges: Ascending scores between the bins, shape (K - 1,).
        defect_types: Empty for normal images, shape (N,).
        negatives: Normal pixels, shape (N, K).
        positives: Defective pixels of each of S sizes of regions, shape (N, S, K).
        overlap: Shares of the regions' pixels, summed over regions, shape (N, S, K).
        regions: Number of regions, shape (N, S).
        false_regions: Of normal images, regions above each of G thresholds, shape (N, G).
        found: Regions that are found at each of them, shape (N, S, G).
    """

    edges: Edges
    defect_types: npt.NDArray[Any]
    negatives: Counts
    positives: Counts
    overlap: Counts
    regions: npt.NDArray[np.intp]
    false_regions: Counts
    found: npt.NDArray[np.intp]

    def of(self, group: Group, edges: Edges) -> ImageHistograms:
        """The defects of a group against all normal pixels.

        Args:
            group: Which defects.
            edges: Ascending scores between its bins, some of those of all.
        """
        starts = len(self.edges) - np.searchsorted(self.edges, edges[::-1])
        starts = np.concatenate([[0], starts])
        chosen = self.chosen(group)
        defects = (chosen[:, :, None] * table for table in (self.positives, self.overlap))
        tables = (self.negatives, *(table.sum(axis=1) for table in defects))
        negatives, positives, overlap = (np.add.reduceat(each, starts, axis=1) for each in tables)
        return ImageHistograms(negatives, positives, overlap, np.sum(chosen * self.regions, axis=1))

    def has(self, group: Group) -> npt.NDArray[np.bool_]:
        """Whether an image has a region of a group, shape (N,)."""
        return np.asarray((self.chosen(group) * self.regions).any(axis=1))

    def chosen(self, group: Group) -> npt.NDArray[np.bool_]:
        """Which sizes of an image's regions are of a group, shape (N, S)."""
        sizes = np.array([group.defect_size in (None, name) for name in DEFECT_SIZES])
        types = (self.defect_types == group.defect_type) | (group.defect_type is None)
        return np.asarray(types[:, None] & sizes)


def map_histograms(
    cell: Cell, test: pd.DataFrame, maps: AnomalyMaps, edges: Edges, thresholds: Edges
) -> MapHistograms:
    """Read the maps once more, and count.

    Args:
        cell: Whose maps these are.
        test: The test rows of the manifest; the anomalous ones have masks.
        maps: The maps of all of them.
        edges: Ascending scores between bins.
        thresholds: Ascending, at which regions are counted.

    Returns:
        One row a test row, in their order.
    """
    rows = dict(_rows(cell, test, maps, edges, thresholds))
    columns = zip(*(rows[sample_id] for sample_id in test["sample_id"]), strict=True)
    return MapHistograms(edges, *(np.array(column) for column in columns))


def bin_edges(ranking: PixelRanking, bins: int = BINS) -> Edges:
    """Ascending scores between bins: half of them at even steps of recall, half of log FPR.

    Average precision and the area under PRO are decided where few normal pixels are met, so the
    false positive rates are taken on a logarithmic scale.
    """
    half, last = bins // 2, len(ranking.scores) - 1
    recall = np.searchsorted(ranking.true_positives, np.linspace(0, ranking.positives, half))
    rate = np.searchsorted(ranking.false_positives, np.geomspace(1, ranking.negatives, half))
    return np.unique(ranking.scores[np.minimum(np.concatenate([recall, rate]), last)])


def _rows(
    cell: Cell, test: pd.DataFrame, maps: AnomalyMaps, edges: Edges, thresholds: Edges
) -> Iterator[tuple[str, _Row]]:
    sizes, none = len(DEFECT_SIZES), np.zeros(len(thresholds), np.float32)
    empty = np.zeros((sizes, len(edges) + 1), np.float32)
    nothing = np.zeros(sizes, np.intp), np.zeros((sizes, len(thresholds)), np.intp)
    for sample_ids, block in normal_maps(cell, test, maps):
        for sample_id, map_ in zip(sample_ids, block, strict=True):
            counts = _count(_bin(map_, edges), (len(edges) + 1,))
            false = regions_above(map_, thresholds)
            yield sample_id, _Row("", counts, empty, empty, nothing[0], false, nothing[1])
    for sample_id, map_, mask, defect_type in defect_maps(cell, test, maps):
        regions = find_regions(mask)
        counts = _count(_bin(map_[~mask], edges), (len(edges) + 1,))
        places = regions.size[regions.region] * empty.shape[1] + _bin(map_[mask], edges)
        positives, overlap = (_count(places, empty.shape, of) for of in (None, regions.share))
        hits = [regions.size[found_regions(map_, regions, at)] for at in thresholds]
        number, *found = (np.bincount(of, minlength=sizes) for of in (regions.size, *hits))
        stacked = np.stack(found, axis=1) if found else nothing[1]
        yield sample_id, _Row(defect_type, counts, positives, overlap, number, none, stacked)


def _bin(scores: npt.NDArray[np.float32], edges: Edges) -> npt.NDArray[np.intp]:
    """The bin of every pixel, the highest scores in bin 0."""
    return len(edges) - np.searchsorted(edges, scores.ravel(), side="right")


def _count(
    places: npt.NDArray[np.intp],
    shape: tuple[int, ...],
    weights: npt.NDArray[np.float64] | None = None,
) -> Counts:
    counts = np.bincount(places, weights, int(np.prod(shape)))
    return counts.reshape(shape).astype(np.float32)

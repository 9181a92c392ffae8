"""What each test image adds to common bins of pixel scores: the ground of pixel intervals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.defect_regions import find_regions
from iadbe.metrics.masked_maps import defect_maps, normal_maps
from iadbe.metrics.ranking import PixelRanking
from iadbe.statistics.pixel_intervals import ImageHistograms

BINS = 256

Edges = npt.NDArray[np.float32]
Counts = npt.NDArray[np.float32]


class _Row(NamedTuple):
    """One image."""

    negatives: Counts
    positives: Counts
    overlap: Counts
    regions: int


def map_histograms(
    cell: Cell, test: pd.DataFrame, maps: AnomalyMaps, ranking: PixelRanking
) -> ImageHistograms:
    """Read the maps once more, and count.

    Args:
        cell: Whose maps these are.
        test: The test rows of the manifest; the anomalous ones have masks.
        maps: The maps of all of them.
        ranking: Of all their pixels; the bins are laid by it.

    Returns:
        One row a test row, in their order.
    """
    rows = dict(_rows(cell, test, maps, bin_edges(ranking)))
    columns = zip(*(rows[sample_id] for sample_id in test["sample_id"]), strict=True)
    return ImageHistograms(*(np.stack(column) for column in columns))


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
    cell: Cell, test: pd.DataFrame, maps: AnomalyMaps, edges: Edges
) -> Iterator[tuple[str, _Row]]:
    none = np.zeros(len(edges) + 1, np.float32)
    for sample_ids, block in normal_maps(cell, test, maps):
        for sample_id, map_ in zip(sample_ids, block, strict=True):
            yield sample_id, _Row(_count(_bin(map_, edges), edges), none, none, 0)
    for sample_id, map_, mask, _ in defect_maps(cell, test, maps):
        regions = find_regions(mask)
        normal, defective = _bin(map_[~mask], edges), _bin(map_[mask], edges)
        covered = _count(defective, edges, regions.share)
        counts = _count(normal, edges), _count(defective, edges)
        yield sample_id, _Row(*counts, covered, len(regions.area))


def _bin(scores: npt.NDArray[np.float32], edges: Edges) -> npt.NDArray[np.intp]:
    """The bin of every pixel, the highest scores in bin 0."""
    return len(edges) - np.searchsorted(edges, scores.ravel(), side="right")


def _count(
    bins: npt.NDArray[np.intp], edges: Edges, weights: npt.NDArray[np.float64] | None = None
) -> Counts:
    return np.bincount(bins, weights, len(edges) + 1).astype(np.float32)

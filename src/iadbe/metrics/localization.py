"""Pixel and region metrics of a cell: over all defects, by defect type and by defect size."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.defect_maps import DefectMaps, ImageResult
from iadbe.metrics.map_histograms import GROUP_BINS, Edges, bin_edges
from iadbe.metrics.masked_maps import check_maps, defect_maps, normal_maps, unmasked
from iadbe.metrics.measure import ALL, Group, Measure
from iadbe.metrics.normal_maps import NormalMaps
from iadbe.metrics.pixel import pixel_measures
from iadbe.metrics.ranking import PixelRanking
from iadbe.metrics.region import region_measures

_NO_NORMAL = "no normal test sample"


class Localization(NamedTuple):
    """What the maps of a cell tell."""

    measures: list[Measure]
    """All pixel and region metrics: first those over all defects, null with a reason if need be."""
    ranking: PixelRanking | None = None
    """Over all defects; None if there is no comparing pixels."""
    images: Mapping[str, ImageResult] = MappingProxyType({})
    """What was measured image by image; empty where nothing could be."""
    edges: Mapping[Group, Edges] = MappingProxyType({})
    """Scores between the bins for intervals, for each group of defects that can be compared."""
    thresholds: Edges = np.empty(0, np.float32)
    """Where the threshold of the region recall might lie for other normal images, ascending."""


def localize(
    cell: Cell, scored: pd.DataFrame, test: pd.DataFrame, maps: AnomalyMaps | None
) -> Localization:
    """Read the maps of a cell once: those of normal images, then those of anomalous ones.

    Args:
        cell: Whose maps these are.
        scored: Manifest rows that may have a map (val and test).
        test: Manifest rows that must have one.
        maps: The maps, in any order; None if the model gives none.

    Raises:
        ContractError: If a test map is missing, misshapen or not finite, or a map is nobody's.
    """
    if (reason := unmasked(test, maps)) or maps is None:
        null = Measure("region", "vanished_defects", None, 0, reason)
        return Localization([*_measures(None, [], ALL, reason), null])
    check_maps(cell, scored, test, maps)
    normal = NormalMaps()
    for _, block in normal_maps(cell, test, maps):
        normal.add(block)
    defects = DefectMaps(normal)
    for item in defect_maps(cell, test, maps):
        defects.add(*item)
    return _localized(defects)


def _localized(defects: DefectMaps) -> Localization:
    """The rankings of groups are large: one at a time."""
    images = list(defects.images.values())
    ranking = defects.ranking()
    measures = [*_measures(ranking, images, ALL, ranking.undefined), _vanished(images)]
    if ranking.undefined:
        return Localization(measures, None, defects.images)
    edges = {ALL: bin_edges(ranking)}
    for group in defects.groups():
        part = defects.ranking(group)
        measures += [each.of(group) for each in _measures(part, images, group, None)]
        edges[group] = bin_edges(part, GROUP_BINS)
    return Localization(measures, ranking, defects.images, edges, defects.thresholds_nearby())


def _measures(
    ranking: PixelRanking | None, images: list[ImageResult], group: Group, reason: str | None
) -> list[Measure]:
    known = None if reason else ranking
    return [
        *pixel_measures(known, reason),
        _aupimo([image for image in images if group.holds(image.group)], reason),
        *region_measures(known, reason),
        _recall(images, group, reason),
    ]


def _vanished(images: list[ImageResult]) -> Measure:
    gone = sum(image.defect_size is None for image in images)
    return Measure("region", "vanished_defects", float(gone), len(images))


def _aupimo(images: list[ImageResult], reason: str | None) -> Measure:
    """Mean over the images that have a defective pixel."""
    values = [image.aupimo for image in images if image.aupimo is not None]
    if not values:
        return Measure("pixel", "aupimo", None, 0, reason or _NO_NORMAL)
    return Measure("pixel", "aupimo", float(np.mean(values)), len(values))


def _recall(images: list[ImageResult], group: Group, reason: str | None) -> Measure:
    name = "recall_at_1_false_region"
    if reason or not all(image.found for image in images):
        return Measure("region", name, None, 0, reason or _NO_NORMAL)
    counts = [image.counts(group) for image in images]
    regions, found = (sum(column) for column in zip(*counts, strict=True))
    return Measure("region", name, found / regions, regions)

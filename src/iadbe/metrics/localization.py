"""Pixel and region metrics of a cell: over all defects, by defect type and by defect size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.defect_maps import DefectMaps, ImageResult
from iadbe.metrics.masked_maps import check_maps, defect_maps, normal_maps, unmasked
from iadbe.metrics.measure import ALL, Group, Measure
from iadbe.metrics.normal_maps import NormalMaps
from iadbe.metrics.pixel import pixel_measures
from iadbe.metrics.ranking import PixelRanking
from iadbe.metrics.region import region_measures

_NO_NORMAL = "no normal test sample"


class Localization(NamedTuple):
    """What the maps of a cell tell."""

    ranking: PixelRanking | None
    """Over all defects; None if there is no comparing pixels."""
    defects: DefectMaps | None
    reason: str | None
    """Why something is None."""

    @property
    def images(self) -> Mapping[str, ImageResult]:
        """What was measured image by image; empty where nothing could be."""
        return self.defects.images if self.defects else {}


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
        return Localization(None, None, reason)
    check_maps(cell, scored, test, maps)
    normal = NormalMaps()
    for _, block in normal_maps(cell, test, maps):
        normal.add(block)
    defects = DefectMaps(normal)
    for item in defect_maps(cell, test, maps):
        defects.add(*item)
    ranking = defects.ranking()
    reason = ranking.undefined
    return Localization(None if reason else ranking, defects, reason)


def localization_measures(found: Localization) -> list[Measure]:
    """All pixel and region metrics: first those over all defects, null with a reason if need be."""
    measures = _measures(found, ALL)
    if found.defects is None:
        return [*measures, Measure("region", "vanished_defects", None, 0, found.reason)]
    images = list(found.defects.images.values())
    gone = sum(image.defect_size is None for image in images)
    measures.append(Measure("region", "vanished_defects", float(gone), len(images)))
    for group in found.defects.groups():
        ranking = found.defects.ranking(group)
        part = Localization(
            None if ranking.undefined else ranking, found.defects, ranking.undefined
        )
        measures += [measure.of(group) for measure in _measures(part, group)]
    return measures


def _measures(found: Localization, group: Group) -> list[Measure]:
    images = list(found.images.values())
    return [
        *pixel_measures(found.ranking, found.reason),
        _aupimo([image for image in images if group.holds(image.group)], found.reason),
        *region_measures(found.ranking, found.reason),
        _recall(images, group, found.reason),
    ]


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

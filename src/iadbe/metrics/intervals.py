"""Put bootstrap intervals beside the metrics of a cell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.box_intervals import box_intervals
from iadbe.metrics.box_ranking import BoxRanking
from iadbe.metrics.defect_maps import ImageResult
from iadbe.metrics.image import Labels, Scores
from iadbe.metrics.localization import Localization
from iadbe.metrics.map_histograms import MapHistograms, map_histograms
from iadbe.metrics.measure import ALL, Group, Measure
from iadbe.metrics.region import FPR_LIMITS
from iadbe.statistics.bootstrap import LEAST_IMAGES, Weights, bootstrap_weights
from iadbe.statistics.image_intervals import image_intervals
from iadbe.statistics.interval import Interval
from iadbe.statistics.pixel_intervals import pixel_intervals
from iadbe.statistics.ratio_interval import ratio_interval

_RESAMPLED = ("auroc", "average_precision", "f1_max", "iou_max", "pro_at_f1_max", *FPR_LIMITS)


def with_image_intervals(measures: list[Measure], labels: Labels, scores: Scores) -> list[Measure]:
    """Image metrics of some test samples with their intervals.

    Args:
        measures: The result of `iadbe.metrics.image.image_measures`.
        labels: What they rest on: 0 normal, 1 anomalous, shape (N,).
        scores: Raw scores, shape (N,).
    """
    found = image_intervals(labels, scores, bootstrap_weights(labels))
    return [_with(measure, found.get(measure.metric)) for measure in measures]


def with_map_intervals(
    found: Localization, cell: Cell, test: pd.DataFrame, maps: AnomalyMaps | None
) -> list[Measure]:
    """Pixel and region metrics with their intervals.

    Args:
        found: The metrics, and what they rest on.
        cell: Whose maps these are.
        test: The test rows of the manifest.
        maps: Their maps.
    """
    if not found.edges or maps is None:
        return found.measures
    edges = np.unique(np.concatenate(list(found.edges.values())))
    histograms = map_histograms(cell, test, maps, edges)
    images = [found.images.get(sample_id) for sample_id in test["sample_id"]]
    labels = test["label"].to_numpy(np.int8)
    intervals = {
        group: _of_group(group, found, histograms, images, labels) for group in found.edges
    }
    return [
        _with(measure, intervals.get(measure.group, {}).get(measure.metric))
        for measure in found.measures
    ]


def _of_group(
    group: Group,
    found: Localization,
    histograms: MapHistograms,
    images: list[ImageResult | None],
    labels: Labels,
) -> Mapping[str, Interval]:
    """As many images with such defects are drawn as there are, and as many without.

    None for a single image with such defects: drawn again, it does not vary.
    """
    members = histograms.has(group)
    if members.sum() < LEAST_IMAGES:
        return {}
    weights = bootstrap_weights(labels if group == ALL else labels + members)
    values = {
        measure.metric: measure.value
        for measure in found.measures
        if measure.value is not None and measure.group == group and measure.metric in _RESAMPLED
    }
    binned = histograms.of(group, found.edges[group])
    intervals = pixel_intervals(binned, weights, values, limits=FPR_LIMITS)
    return intervals | _of_images(group, images, weights)


def _of_images(
    group: Group, images: list[ImageResult | None], weights: Weights
) -> dict[str, Interval]:
    """Of what is measured image by image: AUPIMO and the region recall."""
    areas = np.array([i.aupimo if i and group.holds(i.group) else None for i in images], np.float64)
    regions, hits = np.array([i.counts(group) if i else (0, 0) for i in images]).T
    return {
        "aupimo": ratio_interval(np.nan_to_num(areas), ~np.isnan(areas), weights),
        "recall_at_1_false_region": ratio_interval(hits, regions, weights),
    }


def with_box_intervals(
    measures: list[Measure], ranking: BoxRanking | None, labels: Labels
) -> list[Measure]:
    """Metrics of predicted boxes with their intervals.

    Args:
        measures: The result of `iadbe.metrics.detection.detection_measures`.
        ranking: What they rest on; None if they are null.
        labels: Of the samples of the ranking: 0 normal, 1 anomalous, shape (N,).
    """
    if ranking is None or np.count_nonzero(ranking.truths) < LEAST_IMAGES:
        return measures
    values = {each.metric: each.value for each in measures if each.value is not None}
    found = box_intervals(ranking, values, bootstrap_weights(labels))
    return [_with(measure, found.get(measure.metric)) for measure in measures]


def _with(measure: Measure, interval: Interval | None) -> Measure:
    if interval is None or measure.value is None:
        return measure
    return measure._replace(ci_low=interval.low, ci_high=interval.high)

"""Put bootstrap intervals beside the metrics of a cell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
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
from iadbe.metrics.redrawn import aupimo_redrawn, region_recall_redrawn
from iadbe.metrics.region import FPR_LIMITS
from iadbe.statistics.bootstrap import LEAST_IMAGES, Weights, bootstrap_weights
from iadbe.statistics.image_intervals import image_intervals
from iadbe.statistics.interval import Interval, share_interval
from iadbe.statistics.pixel_intervals import pixel_intervals

_RECALL = "recall_at_1_false_region"
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
    histograms = map_histograms(cell, test, maps, edges, found.thresholds)
    images = [found.images.get(sample_id) for sample_id in test["sample_id"]]
    labels = test["label"].to_numpy(np.int8)
    intervals = {
        group: _of_pixels(group, found, histograms, labels)
        | _of_images(group, found, histograms, images, labels)
        for group in found.edges
    }
    return [
        _with(measure, intervals.get(measure.group, {}).get(measure.metric))
        for measure in found.measures
    ]


def _of_pixels(
    group: Group, found: Localization, histograms: MapHistograms, labels: Labels
) -> dict[str, Interval]:
    """Of what is measured over all pixels, and over the regions at one threshold."""
    weights = _weights(labels, histograms.has(group))
    if weights is None:
        return {}
    binned = histograms.of(group, found.edges[group])
    values = _values(found, group)
    pixels = {name: values[name] for name in _RESAMPLED if name in values}
    intervals = pixel_intervals(binned, weights, pixels, limits=FPR_LIMITS)
    if _RECALL in values:
        recalls = region_recall_redrawn(histograms, group, weights)
        intervals[_RECALL] = share_interval(values[_RECALL], recalls)
    return intervals


def _of_images(
    group: Group,
    found: Localization,
    histograms: MapHistograms,
    images: list[ImageResult | None],
    labels: Labels,
) -> dict[str, Interval]:
    """Of what is averaged over images: of a size are those whose largest region is."""
    members = np.array([bool(i and group.holds(i.group) and i.defect_size) for i in images])
    weights, value = _weights(labels, members), _values(found, group).get("aupimo")
    if weights is None or value is None:
        return {}
    binned = histograms.of(ALL, found.edges[ALL])
    return {"aupimo": share_interval(value, aupimo_redrawn(binned, labels == 0, members, weights))}


def _values(found: Localization, group: Group) -> dict[str, float]:
    return {
        measure.metric: measure.value
        for measure in found.measures
        if measure.value is not None and measure.group == group
    }


def _weights(labels: Labels, members: npt.NDArray[np.bool_]) -> Weights | None:
    """As many members are drawn as there are, other anomalous images, and normal ones.

    None if one image alone is normal, or a member: drawn again, it does not vary.
    """
    if members.sum() < LEAST_IMAGES or (labels == 0).sum() == 1:
        return None
    return bootstrap_weights(labels + members)


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

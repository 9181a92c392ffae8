"""Put bootstrap intervals beside the metrics of a cell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.image import Labels, Scores
from iadbe.metrics.localization import Localization
from iadbe.metrics.map_histograms import map_histograms
from iadbe.metrics.measure import ALL, Measure
from iadbe.metrics.region import FPR_LIMITS
from iadbe.statistics.bootstrap import Weights, bootstrap_weights
from iadbe.statistics.image_intervals import image_intervals
from iadbe.statistics.interval import Interval
from iadbe.statistics.pixel_intervals import pixel_intervals
from iadbe.statistics.ratio_interval import ratio_interval


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
    measures: list[Measure],
    found: Localization,
    cell: Cell,
    test: pd.DataFrame,
    maps: AnomalyMaps | None,
) -> list[Measure]:
    """Pixel and region metrics over all defects with their intervals; those of groups have none.

    Args:
        measures: The result of `iadbe.metrics.localization.localization_measures`.
        found: What they rest on.
        cell: Whose maps these are.
        test: The test rows of the manifest.
        maps: Their maps.
    """
    if found.ranking is None or found.defects is None or maps is None:
        return measures
    weights = bootstrap_weights(test["label"].to_numpy(np.int8))
    values = {
        measure.metric: measure.value
        for measure in measures
        if measure.value is not None and measure.group == ALL
    }
    names = ("auroc", "average_precision", "f1_max", "iou_max", *FPR_LIMITS)
    asked = {name: values[name] for name in names if name in values}
    histograms = map_histograms(cell, test, maps, found.ranking)
    intervals = pixel_intervals(histograms, weights, asked, limits=FPR_LIMITS)
    intervals |= _of_images(found, test, weights)
    return [
        _with(measure, intervals.get(measure.metric)) if measure.group == ALL else measure
        for measure in measures
    ]


def _of_images(found: Localization, test: pd.DataFrame, weights: Weights) -> Mapping[str, Interval]:
    """Of what is measured image by image: AUPIMO and the region recall."""
    assert found.defects is not None, "asked only where there are defects"
    rows = test["label"].to_numpy() == 1
    images = [found.defects.images[sample_id] for sample_id in test.loc[rows, "sample_id"]]
    areas = np.array([np.nan if i.aupimo is None else i.aupimo for i in images], np.float64)
    regions, hits = np.array([image.counts() for image in images]).T
    drawn = weights[:, rows]
    return {
        "aupimo": ratio_interval(np.nan_to_num(areas), ~np.isnan(areas), drawn),
        "recall_at_1_false_region": ratio_interval(hits, regions, drawn),
    }


def _with(measure: Measure, interval: Interval | None) -> Measure:
    if interval is None or measure.value is None:
        return measure
    return measure._replace(ci_low=interval.low, ci_high=interval.high)

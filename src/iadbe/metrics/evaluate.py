"""Evaluate one cell: from raw scores and maps to its metrics and curves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.box_ranking import BoxRanking, rank_boxes
from iadbe.metrics.curves import curve_table
from iadbe.metrics.detection import NO_BOXES, detection_measures
from iadbe.metrics.image import image_measures
from iadbe.metrics.image_groups import image_group_measures
from iadbe.metrics.intervals import with_box_intervals, with_image_intervals, with_map_intervals
from iadbe.metrics.leakage import stamped
from iadbe.metrics.localization import localize
from iadbe.metrics.measure import Measure
from iadbe.metrics.score_table import score_table
from iadbe.metrics.scored import score_samples
from iadbe.metrics.system import system_measures
from iadbe.metrics.threshold import threshold_measures
from iadbe.metrics.ties import tie_measures
from iadbe.metrics.true_boxes import true_boxes, unplaced


def evaluate(  # noqa: PLR0913, PLR0917 - all the inputs of one Kedro node
    cell: Cell,
    samples: pd.DataFrame,
    predictions: pd.DataFrame,
    maps: AnomalyMaps | None,
    costs: pd.DataFrame,
    run: Mapping[str, Any],
    detections: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Compare what a model said with what is true.

    All tables are joined by `sample_id`; their order means nothing.

    Args:
        cell: The cell; gives image size, protocol, and how the threshold is chosen.
        samples: Manifest rows of the cell's category, all splits.
        predictions: Raw image scores of the val and test samples.
        maps: Raw anomaly maps of at least the test samples; None if the model gives none.
        costs: What the model costs (`iadbe.schemas.CostsSchema`).
        run: The cell's run record; `gives_boxes` says whether the model predicts boxes.
        detections: Predicted boxes (`iadbe.schemas.DetectionsSchema`); no rows if there are none.

    Returns:
        Tables of `iadbe.schemas.MetricsSchema`, `CurvesSchema` and `ScoresSchema`. The metric rows
        over all defects are the same for every cell; an undefined value is null with a reason.

    Raises:
        ContractError: If scores or maps are not one finite value, or finite map of the right shape,
            for each sample.
    """
    scored = score_samples(cell, samples, predictions)
    test, labels, scores = _split(scored, "test")
    _, validation_labels, validation_scores = _split(scored, "val")
    localization = localize(cell, scored, test, maps)
    box_ranking, no_boxes = _rank_boxes(cell, test, detections, run)
    thresholds = threshold_measures(cell, validation_scores[validation_labels == 0], labels, scores)
    quality = [
        *with_image_intervals(image_measures(labels, scores), labels, scores),
        *tie_measures(labels, scores),
        *thresholds,
        *image_group_measures(test, localization.images, thresholds[0]),
        *with_map_intervals(localization, cell, test, maps),
        *with_box_intervals(detection_measures(box_ranking, no_boxes), box_ranking, labels),
    ]
    measures = [*(stamped(each, cell.leakage) for each in quality), *system_measures(costs)]
    return (
        _metric_table(cell, measures),
        curve_table(cell, labels, scores, localization.ranking),
        score_table(cell, test, localization.images),
    )


def _split(
    scored: pd.DataFrame, split: str
) -> tuple[pd.DataFrame, np.ndarray[Any, np.dtype[np.int8]], np.ndarray[Any, np.dtype[np.float64]]]:
    """Rows in the order of their ids, labels and raw scores of one split."""
    rows = scored[scored["split"] == split].sort_values("sample_id")
    return rows, rows["label"].to_numpy(np.int8), rows["image_score"].to_numpy(np.float64)


def _rank_boxes(
    cell: Cell, test: pd.DataFrame, detections: pd.DataFrame, run: Mapping[str, Any]
) -> tuple[BoxRanking | None, str | None]:
    """All predicted boxes ranked, or None and the reason why they cannot be."""
    reason = unplaced(test) if run.get("gives_boxes") else NO_BOXES
    if reason:
        return None, reason
    ranking = rank_boxes(true_boxes(test, cell.image_size), detections)
    return (
        (ranking, None) if ranking.truths.any() else (None, "no defective pixel in the test masks")
    )


def _metric_table(cell: Cell, measures: Iterable[Measure]) -> pd.DataFrame:
    table = pd.DataFrame([{**cell.row, **measure._asdict()} for measure in measures])
    floats = dict.fromkeys(("value", "ci_low", "ci_high"), np.float64)
    texts = dict.fromkeys(("defect_type", "defect_size", "reason"), object)
    return table.astype({**floats, **texts})

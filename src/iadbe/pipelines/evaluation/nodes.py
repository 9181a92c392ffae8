"""Predict, measure and illustrate one cell; metrics and pictures need no model."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.costs import measure as costs_of
from iadbe.costs.table import cost_table
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.datasets.model import FittedModel
from iadbe.images.store import ImageStore
from iadbe.machine import peak_gpu_memory_mb, peak_memory_mb
from iadbe.metrics import evaluate as metrics
from iadbe.metrics import examples
from iadbe.metrics.detection_table import detection_table
from iadbe.metrics.scored import check_ids
from iadbe.models.checked import checked_predictions
from iadbe.models.protocol import Prediction
from iadbe.samples import Samples
from iadbe.seeding import seed_everything


class Predicted(NamedTuple):
    """The outputs of `predict`, in the order of the node's."""

    predictions: pd.DataFrame
    anomaly_maps: AnomalyMaps | None
    latencies: pd.DataFrame
    run: dict[str, Any]
    detections: pd.DataFrame


def predict(
    model: FittedModel, samples: pd.DataFrame, cell: Cell, images: ImageStore | None = None
) -> Predicted:
    """Score the validation and test samples of a cell.

    Args:
        model: The cell's fitted model.
        samples: The manifest of the cell's dataset.
        cell: The cell.
        images: Keeps decoded images; None decodes every time.

    Returns:
        Raw scores, raw maps (None if the model gives none), latencies, the run record, and boxes
        (no rows if the model gives none; the record's `gives_boxes` tells).

    Raises:
        ContractError: If the model does not give one finite score, and one map or none, a sample.
    """
    shown = _asked(samples, cell, images)
    seed_everything(cell.seed, getattr(model.model, "libraries", ()))
    clock = time.perf_counter()
    table: list[Prediction] = []
    maps = AnomalyMaps.from_iterator(_keep_scores(checked_predictions(model.model, shown), table))
    seconds = time.perf_counter() - clock
    scores = pd.DataFrame(table, columns=list(Prediction._fields))
    run = model.record | {
        "predict_seconds": seconds,
        "gives_boxes": any(prediction.boxes is not None for prediction in table),
        "peak_memory_mb": max(peak_memory_mb(), model.record["fit_peak_memory_mb"]),
        "gpu_memory_mb": _larger(peak_gpu_memory_mb(), model.record.get("fit_gpu_memory_mb")),
    }
    return Predicted(
        scores[["sample_id", "image_score"]],
        maps if len(maps) else None,
        scores[["sample_id", "latency_ms"]].fillna(1e3 * seconds / max(len(scores), 1)),
        run,
        detection_table(table),
    )


def _asked(samples: pd.DataFrame, cell: Cell, images: ImageStore | None) -> Samples:
    """What a cell's model is asked about."""
    rows = samples[(samples["category"] == cell.category) & (samples["split"] != "train")]
    return Samples(rows, cell.image_size, store=images)


def _larger(one: float | None, other: float | None) -> float | None:
    return max((value for value in (one, other) if value is not None), default=None)


def _keep_scores(
    predictions: Iterator[Prediction], table: list[Prediction]
) -> Iterator[tuple[str, Any]]:
    """Pass the maps on as they come; keep everything else."""
    for prediction in predictions:
        table.append(prediction._replace(anomaly_map=None))
        if prediction.anomaly_map is not None:
            yield prediction.sample_id, prediction.anomaly_map


def measure_costs(
    model: FittedModel,
    samples: pd.DataFrame,
    cell: Cell,
    run: dict[str, Any],
    images: ImageStore | None = None,
) -> pd.DataFrame:
    """Time the model of a cell, and gather what else it costs.

    It comes after `predict`, whose record it takes, so that its batches are no part of the peak of
    memory.

    Args:
        model: The cell's fitted model.
        samples: The manifest of the cell's dataset.
        cell: The cell.
        run: The cell's run record.
        images: Keeps decoded images; None decodes every time.

    Returns:
        A table of `iadbe.schemas.CostsSchema`.
    """
    seed_everything(cell.seed, getattr(model.model, "libraries", ()))
    return cost_table(costs_of.measure_costs(model, _asked(samples, cell, images), run))


def evaluate(  # noqa: PLR0913, PLR0917 - the inputs of the node
    cell: Cell,
    samples: pd.DataFrame,
    predictions: pd.DataFrame,
    anomaly_maps: AnomalyMaps | None,
    costs: pd.DataFrame,
    run: dict[str, Any],
    detections: pd.DataFrame,
    latencies: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Metrics, curves and scores of a cell; see `iadbe.metrics.evaluate.evaluate`.

    The latencies that the plugin told are no metric; they must be of the samples it predicted.
    """
    if latencies is not None:
        check_ids(cell, "latencies", latencies["sample_id"], predictions["sample_id"])
    rows = samples[samples["category"] == cell.category]
    return metrics.evaluate(cell, rows, predictions, anomaly_maps, costs, run, detections)


def illustrate(
    cell: Cell, samples: pd.DataFrame, predictions: pd.DataFrame, anomaly_maps: AnomalyMaps | None
) -> pd.DataFrame:
    """Telling samples of a cell; see `iadbe.metrics.examples.choose_examples`."""
    rows = samples[samples["category"] == cell.category]
    return examples.choose_examples(cell, rows, predictions, anomaly_maps)

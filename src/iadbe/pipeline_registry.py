"""The pipelines of this session's benchmark: each stage's template, once for every cell."""

from __future__ import annotations

import warnings

from kedro.pipeline import Pipeline

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.loader import current
from iadbe.pipelines import evaluation, ingestion, prediction, reporting, training, transfer

_SHARED = ("inspections", "decoded_images")
_INGESTED = ("samples", "audit", "thumbnails")


def register_pipelines() -> dict[str, Pipeline]:
    """Kedro's entry point.

    Returns:
        Pipelines by name; `__default__` is the whole benchmark.

    Raises:
        ConfigError: If the configuration has a mistake.
    """
    # The dots are meant: a cell's id is its namespace.
    warnings.filterwarnings("ignore", message="One or more dataset names contain '.'")
    loader = current()
    selected = loader.selected
    stages = {
        "ingestion": _ingestion(selected),
        "training": _per_cell(training.create_pipeline(), selected),
        "evaluation": _per_cell(evaluation.create_pipeline(), selected),
        "reporting": reporting.create_pipeline(loader.cells),
    }
    return {
        # One flat list: adding pipelines pairwise takes quadratic time.
        "__default__": Pipeline(list(stages.values())),
        **stages,
        "prediction": _prediction(loader.predicting),
        "transfer": _transfer(selected, loader.cells),
    }


def _ingestion(cells: list[Cell]) -> Pipeline:
    """Beside the namespaces of the datasets: a picture shows the samples before what uses them."""
    template = ingestion.create_pipeline()
    datasets = dict.fromkeys(cell.dataset for cell in cells)
    return Pipeline(
        [
            Pipeline(
                template,
                namespace=f"ingestion.{name}",
                inputs={"raw": f"{name}.raw", **{shared: shared for shared in _SHARED}},
                outputs={kind: f"{name}.{kind}" for kind in _INGESTED},
                parameters={"params:ingest": f"params:{name}.ingest"},
            )
            for name in datasets
        ]
    )


def _per_cell(template: Pipeline, cells: list[Cell], *more: str) -> Pipeline:
    """A template once a cell; all share the store of images, and what else is named."""
    shared = {name: name for name in ("decoded_images", *more)}
    return Pipeline(
        [
            Pipeline(
                template,
                namespace=cell.id,
                inputs={"samples": f"{cell.dataset}.samples", **shared},
            )
            for cell in cells
        ]
    )


def _prediction(cell: Cell) -> Pipeline:
    trained = {name: f"{cell.id}.{name}" for name in ("model", "metrics")}
    return Pipeline(
        prediction.create_pipeline(),
        namespace="prediction",
        inputs=trained,
        parameters={"params:images"},
    )


def _transfer(selected: list[Cell], cells: list[Cell]) -> Pipeline:
    """Of the selected cells, and gathered over the whole matrix."""
    per_cell = _per_cell(transfer.create_pipeline(), selected, "ledger")
    return Pipeline([per_cell, transfer.gathering(cells)])

"""Fit one model on the training samples of one category."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.cells.record import data_record, weights_record
from iadbe.datasets.model import FittedModel
from iadbe.errors import DataError
from iadbe.images.store import ImageStore
from iadbe.machine import environment, peak_gpu_memory_mb, peak_memory_mb
from iadbe.models.registry import code_version, load_plugin, validate_params
from iadbe.models.stand_ins import stand_ins
from iadbe.models.training_log import training_record
from iadbe.samples import Samples
from iadbe.seeding import seed_everything


def fit(
    samples: pd.DataFrame,
    cell: Cell,
    images: ImageStore | None = None,
    origin: Mapping[str, Any] | None = None,
) -> FittedModel:
    """Fit the model of a cell.

    Args:
        samples: The manifest of the cell's dataset.
        cell: The cell.
        images: Keeps decoded images; None decodes every time.
        origin: For the record: `command` to repeat the cell, `git` state of the project.

    Returns:
        The fitted model with the record of its training.

    Raises:
        DataError: If there is nothing to train on.
        PluginError: If the model's plugin cannot be loaded.
    """
    plugin = load_plugin(cell.plugin)
    params = validate_params(plugin, cell.params, cell.model)
    model = plugin(params, cell.device)
    supervised = plugin.supervision == "supervised"
    seen = training_samples(samples, cell, supervised=supervised, images=images)
    seed_everything(cell.seed, getattr(plugin, "libraries", ()))
    started, clock = dt.datetime.now(dt.UTC), time.perf_counter()
    model.fit(seen, cell.seed)
    record: dict[str, Any] = {
        "cell": cell.model_dump(),
        "supervision": model.supervision,  # a zero-shot variant says so of its instance
        "plugin_version": code_version(plugin),
        "samples": len(seen),
        "data": data_record(samples, cell),
        "weights": weights_record(plugin, params),
        "stand_ins": stand_ins(plugin, params),
        "training": training_record(model),
        "device": str(getattr(model, "device", cell.device)),
        "started_at": started.isoformat(timespec="seconds"),
        "fit_seconds": time.perf_counter() - clock,
        "fit_peak_memory_mb": peak_memory_mb(),
        "fit_gpu_memory_mb": peak_gpu_memory_mb(),
        "environment": environment(),
        "command": None,
        "git": None,
        **(origin or {}),
    }
    return FittedModel(cell.plugin, model, record)


def training_samples(
    samples: pd.DataFrame, cell: Cell, *, supervised: bool, images: ImageStore | None = None
) -> Samples:
    """What a model may learn from: only a supervised one sees defects and labels.

    An image that lies in the test set, too, byte for byte, is not shown to a supervised model: it
    would be asked about what it was told.
    """
    known = samples[samples["category"] == cell.category]
    if known.empty:
        raise DataError(
            f"{cell.id}: {cell.dataset} was ingested without the category {cell.category}; "
            "`iadbe datasets check` says why."
        )
    given = known[known["split"] == "train"]
    if supervised:
        tested = samples.loc[samples["split"] == "test", "sha256"]
        rows = given[~given["sha256"].isin(tested)]
    else:
        rows = given[given["label"] == 0]
    if rows.empty and not given.empty and not supervised:
        raise DataError(
            f"{cell.id}: all {len(given)} training images are anomalous; this model learns from "
            "normal ones. Add some, or take it out of `models` in benchmark.yml."
        )
    if rows.empty:
        raise DataError(
            f"{cell.id}: no training image is left; lower `validation` in benchmark.yml."
        )
    return Samples(rows, cell.image_size, labelled=supervised, store=images)

"""Score the test images of the categories that a cell's model was not trained on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests
from iadbe.cells.ledger import Ledger
from iadbe.cells.transfers import expected_fingerprint, other_categories
from iadbe.datasets.model import FittedModel
from iadbe.images.store import ImageStore
from iadbe.metrics.image import image_measures
from iadbe.metrics.intervals import with_image_intervals
from iadbe.models.checked import checked_predictions
from iadbe.samples import Samples
from iadbe.schemas import TransferSchema
from iadbe.seeding import seed_everything

METRIC = "auroc"


def transfer(
    model: FittedModel,
    samples: pd.DataFrame,
    cell: Cell,
    ledger: Ledger,
    images: ImageStore | None = None,
) -> pd.DataFrame:
    """Image AUROC, with its interval, of a fitted model in every other category of its dataset.

    In its own category it is the cell's metric, and not measured again.

    Args:
        model: The cell's fitted model.
        samples: The manifest of the cell's dataset.
        cell: The cell.
        ledger: Says whether the cell is done.
        images: Keeps decoded images; None decodes every time.

    Returns:
        A table of `iadbe.schemas.TransferSchema`.

    Raises:
        DataError: If the cell is not done under the configuration, code and data of now.
        ContractError: If the model breaks the contract.
    """
    fingerprint = expected_fingerprint(cell, ledger, category_digests(samples))
    seed_everything(cell.seed, getattr(model.model, "libraries", ()))
    rows = [
        {**cell.row, **_measured(model, samples, cell, name, images), "fingerprint": fingerprint}
        for name in other_categories(samples, cell)
    ]
    table: pd.DataFrame = TransferSchema.empty() if not rows else pd.DataFrame(rows)
    return TransferSchema.validate(table)


def _measured(
    model: FittedModel, samples: pd.DataFrame, cell: Cell, name: str, images: ImageStore | None
) -> dict[str, Any]:
    test = samples[(samples["category"] == name) & (samples["split"] == "test")]
    shown = Samples(test, cell.image_size, store=images)
    # In the order that was asked for, which the check has ascertained.
    predicted = checked_predictions(model.model, shown)
    scores = np.array([prediction.image_score for prediction in predicted], np.float64)
    labels = test["label"].to_numpy(np.int8)
    measures = [m for m in image_measures(labels, scores) if m.metric == METRIC]
    (measure,) = with_image_intervals(measures, labels, scores)
    columns = ("metric", "value", "n", "ci_low", "ci_high", "reason")
    return {"tested_on": name, **{column: getattr(measure, column) for column in columns}}

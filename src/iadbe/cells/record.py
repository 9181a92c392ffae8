"""What a run record says of the data and the weights a cell was made from."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pydantic import BaseModel

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests, file_digest
from iadbe.models.protocol import AnomalyModel
from iadbe.models.weights.files import files_of

SPLITS = ("train", "val", "test")


def data_record(samples: pd.DataFrame, cell: Cell) -> dict[str, Any]:
    """The images of a cell's category.

    Args:
        samples: The manifest of the cell's dataset (`iadbe.schemas.SamplesSchema`).
        cell: The cell.

    Returns:
        `digest`, over the SHA-256 of every image and mask with split and label, and for each split
        how many images are `normal` and `anomalous`.
    """
    rows = samples[samples["category"] == cell.category]
    digest = category_digests(rows).get(cell.category)
    return {"digest": digest, **{split: _counts(rows[rows["split"] == split]) for split in SPLITS}}


def weights_record(plugin: type[AnomalyModel], params: BaseModel) -> list[dict[str, str]]:
    """Name and SHA-256 of every file of weights that a model reads; empty if it needs none.

    Raises:
        WeightsError: If a file is neither on this machine nor to be had.
    """
    files = files_of(plugin, params)
    declared = [] if hasattr(plugin, "files") or not files else plugin.weights(params)  # type: ignore[attr-defined]
    names = [weights.name for weights in declared] or [file.name for file in files]
    return [
        {"name": name, "file": file.name, "sha256": file_digest(str(file))}
        for name, file in zip(names, files, strict=True)
    ]


def _counts(rows: pd.DataFrame) -> dict[str, int]:
    anomalous = int((rows["label"] == 1).sum())
    return {"normal": len(rows) - anomalous, "anomalous": anomalous}

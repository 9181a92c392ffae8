"""Scores joined to the manifest by sample id, never by order."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.errors import ContractError


def score_samples(cell: Cell, samples: pd.DataFrame, predictions: pd.DataFrame) -> pd.DataFrame:
    """The val and test rows of the manifest with their raw image scores.

    Args:
        cell: Whose predictions these are.
        samples: Manifest rows of the cell's category, all splits.
        predictions: One row a val or test sample, in any order.

    Returns:
        Manifest rows in the manifest's order, plus `image_score` (float64).

    Raises:
        ContractError: If a sample has no prediction or two, a prediction has no sample, or a
            score is not finite.
    """
    rows = samples[samples["split"].isin(["val", "test"])].reset_index(drop=True)
    check_ids(cell, "predictions", predictions["sample_id"], rows["sample_id"])
    scores = predictions.set_index("sample_id")["image_score"].astype(np.float64)
    rows = rows.assign(image_score=scores.reindex(rows["sample_id"]).to_numpy())
    unusable = rows.loc[~np.isfinite(rows["image_score"]), "sample_id"]
    if len(unusable):
        raise ContractError(
            f"{cell.id}: {len(unusable)} image scores are not finite, e.g. of "
            f"'{unusable.iloc[0]}'. Look for a division by zero or an overflow in the model."
        )
    return rows


def check_ids(cell: Cell, what: str, given: pd.Series, needed: pd.Series) -> None:
    """Raise ContractError unless `given` holds every id of `needed` once and no other."""
    for problem, ids in (
        ("has more than one row for", given[given.duplicated()]),
        ("lacks", _difference(needed, given)),
        ("has unknown", _difference(given, needed)),
    ):
        if len(ids):
            raise ContractError(
                f"{cell.id}: the table of {what} {problem} {len(ids)} samples, e.g. "
                f"'{next(iter(ids))}'. A model must give one prediction for each val and test "
                "sample, under the id it was asked with."
            )


def _difference(these: Iterable[str], those: Iterable[str]) -> list[str]:
    return sorted(set(these) - set(those))

"""Averages that a source prints and that no run should be held to."""

from __future__ import annotations

import pandas as pd

from iadbe.published.load import AVERAGE

_TABLE = ["dataset", "model", "metric", "source", "reference", "backbone", "image_size", "setting"]
_ROUNDING = 0.001
"""Half a last decimal of the cells and half of the average's own, at three decimals."""


def with_unsound_averages(facts: pd.DataFrame) -> pd.DataFrame:
    """Facts with the column `unsound`: why a printed average is none of all categories, or null.

    Args:
        facts: Of `iadbe.published.COLUMNS`. An average without categories beside it is believed.
    """
    reasons = [
        reason
        for _, rows in facts.groupby(_TABLE, dropna=False, sort=False)
        for reason in _reasons(rows).items()
    ]
    return facts.assign(unsound=pd.Series(dict(reasons), dtype="object"))


def _reasons(rows: pd.DataFrame) -> pd.Series:
    is_average = rows["category"] == AVERAGE
    cells, printed = rows.loc[~is_average, "value"], rows.loc[is_average, "value"]
    return printed.map(lambda value: _reason(float(value), cells)).astype("object")


def _reason(average: float, cells: pd.Series) -> str | None:
    if cells.isna().any():
        return f"its average is over {cells.notna().sum()} of {len(cells)} categories"
    if len(cells) and abs(average - cells.mean()) > _ROUNDING:
        return f"its average is not the mean of its categories, {cells.mean():.3f}"
    return None

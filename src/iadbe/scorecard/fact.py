"""One published number, as the scorecard reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from iadbe.reporting.formats import text


class Table(NamedTuple):
    """What the numbers of one printed table have in common."""

    dataset: str
    model: str
    metric: str
    source: str
    reference: str
    backbone: str | None
    image_size: int | None
    setting: str | None


class Fact(NamedTuple):
    """A row of `iadbe.published.published`; `value` is null where a table has a dash."""

    table: Table
    category: str
    value: float | None
    training: str


def read_facts(frame: pd.DataFrame) -> list[Fact]:
    """The rows of a frame of `iadbe.published.COLUMNS`, nulls as None."""
    return [_read(row) for row in frame.to_dict("records")]


def _read(row: Mapping[Any, Any]) -> Fact:
    table = Table(
        dataset=row["dataset"],
        model=row["model"],
        metric=row["metric"],
        source=row["source"],
        reference=row["reference"],
        backbone=text(row["backbone"]),
        image_size=None if pd.isna(row["image_size"]) else int(row["image_size"]),
        setting=text(row["setting"]),
    )
    value = None if pd.isna(row["value"]) else float(row["value"])
    return Fact(table, row["category"], value, row["training"])

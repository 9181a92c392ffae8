"""One published number, as the scorecard reads it."""

from __future__ import annotations

from typing import NamedTuple

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


def _read(row: dict[str, object]) -> Fact:
    size = row["image_size"]
    names = [str(row[name]) for name in ("dataset", "model", "metric", "source", "reference")]
    table = Table(
        *names,
        backbone=text(row["backbone"]),
        image_size=None if pd.isna(size) else int(str(size)),  # type: ignore[call-overload]
        setting=text(row["setting"]),
    )
    value = row["value"]
    number = None if pd.isna(value) else float(str(value))  # type: ignore[call-overload]
    return Fact(table, str(row["category"]), number, str(row["training"]))

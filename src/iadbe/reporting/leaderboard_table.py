"""The leaderboard as the report's sortable table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount, percent, score
from iadbe.reporting.means import over, spread

_LEAST = "ascending"
"""The order that brings the best to the top where less is better."""


class Column(NamedTuple):
    """A numeric column: its title, a word on its meaning, and how a value reads."""

    key: str
    title: str
    meaning: str
    read: Callable[[float | None], str]
    best_first: str = "descending"


COLUMNS = (
    Column("image_auroc", "Image AUROC", "ranks the board; 0.5 is guessing", score),
    Column("image_average_precision", "Image AP", "average precision of image scores", score),
    Column("image_f1_max", "F1 max", "oracle: threshold chosen on the test images", score),
    Column("pixel_auroc", "Pixel AUROC", "of anomaly maps against masks", score),
    Column("pixel_average_precision", "Pixel AP", "average precision of anomaly maps", score),
    Column("aupro", "AUPRO", "per-region overlap, every defect weighs the same", score),
    Column("false_alarm_rate", "False alarms", "normal images called anomalous", percent, _LEAST),
    Column("miss_rate", "Misses", "anomalous images called normal", percent, _LEAST),
    Column("fit_seconds", "Fit, s", "mean training time of a cell", amount, _LEAST),
    Column(
        "latency_p50_ms", "ms/image", "median time of one image, decoding apart", amount, _LEAST
    ),
    Column("throughput_per_s", "Images/s", "in batches of 32, decoding apart", amount),
)


class Entry(NamedTuple):
    """What a table cell shows, the number it sorts by (empty: always last), and small print."""

    shown: str
    order: str
    note: str = ""


class Row(NamedTuple):
    """One model."""

    model: str
    rank: Entry
    status: str
    progress: Entry
    entries: list[Entry]


class RowGroup(NamedTuple):
    """Rows that are ranked among themselves."""

    supervised: bool
    rows: list[Row]


def row_groups(board: pd.DataFrame) -> list[RowGroup]:
    """The rows of one dataset's leaderboard (`iadbe.reporting.leaderboard.rank`)."""
    kinds = board["supervision"].eq("supervised")
    parts = [(kind, board[kinds == kind]) for kind in (False, True)]
    return [
        RowGroup(kind, [_row(row) for _, row in part.iterrows()])
        for kind, part in parts
        if len(part)
    ]


def _row(row: pd.Series) -> Row:
    ranked = pd.notna(row["rank"])
    place = str(row["rank"]) if ranked else ""
    return Row(
        model=row["model"],
        rank=Entry(place or NOTHING, place),
        status=row["status"],
        progress=Entry(f"{row['cells_done']}/{row['cells']}", str(row["cells_done"])),
        entries=[_entry(column, row) for column in COLUMNS],
    )


def _entry(column: Column, row: pd.Series) -> Entry:
    value = row[column.key]
    if pd.isna(value):
        return Entry(column.read(value), "")
    note = " ".join(filter(None, [spread(row, column.key), over(row, column.key)]))
    return Entry(column.read(value), f"{value:.9g}", note)

"""What the radar compares, each axis from 0 in the centre to 1, the best that there can be."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import amount, score
from iadbe.reporting.views.table import Table

LEAST_AXES = 3
"""With fewer a radar has no area."""


class Axis(NamedTuple):
    """A column of the leaderboard; `unit` is None for a quality, which is a share already."""

    key: str
    title: str
    unit: str | None = None


_AXES = (
    Axis("image_auroc", "Image AUROC"),
    Axis("image_average_precision", "Image AP"),
    Axis("pixel_auroc", "Pixel AUROC"),
    Axis("pixel_average_precision", "Pixel AP"),
    Axis("aupro", "AUPRO"),
    Axis("latency_p50_ms", "Runs fast", "ms an image"),
    Axis("fit_seconds", "Fits fast", "s"),
    Axis("peak_memory_mb", "Little memory", "MB"),
    Axis("model_size_mb", "Small", "MB saved"),
)


class Radar(NamedTuple):
    """Axes that some model has a value on; a row a model in the board's order."""

    axes: list[Axis]
    scaled: pd.DataFrame
    """In [0, 1], indexed by model: a quality as it is, a cost as the least cost of all models
    divided by it, so that half is twice as dear as the best. NaN where a value is not known."""
    table: Table


def radar_axes(board: pd.DataFrame) -> Radar | None:
    """Scale the models of one dataset; None with too few axes to draw.

    Args:
        board: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
    """
    axes = [axis for axis in _AXES if axis.key in board and board[axis.key].notna().any()]
    if len(axes) < LEAST_AXES:
        return None
    known = board.set_index("model")[[axis.key for axis in axes]].astype(float).dropna(how="all")
    scaled = pd.DataFrame({axis.key: _scaled(known[axis.key], axis) for axis in axes})
    titles = [axis.title + (f", {axis.unit}" if axis.unit else "") for axis in axes]
    rows = [(str(m), [shown(row[a.key], a) for a in axes]) for m, row in known.iterrows()]
    return Radar(axes, scaled, Table("What the radar shows, unscaled", "Model", titles, rows))


def shown(value: float, axis: Axis) -> str:
    """A value as text, without its unit."""
    return amount(value) if axis.unit else score(value)


def _scaled(values: pd.Series, axis: Axis) -> pd.Series:
    """What costs nothing is the best."""
    return values if axis.unit is None else (values.min() / values).fillna(values.map(_free))


def _free(value: float) -> float:
    return 1.0 if value == 0 else float("nan")

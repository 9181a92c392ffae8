"""The numbers of a logged run as rows of the metrics table."""

from __future__ import annotations

import math
from collections.abc import Container
from typing import Any

import pandas as pd

from iadbe.importing.cells import ImportedCell, Key
from iadbe.importing.leakage import leakage_of
from iadbe.schemas import MetricsSchema

_NAMES = {
    "image_pro": ("image", "pro"),
    "pixel_pro": ("region", "pro_at_f1_max"),
    "pixel_aupro": ("region", "aupro"),
    "aupro": ("region", "aupro"),
    "aupimo": ("pixel", "aupimo"),
    "precision": ("region", "precision"),
    "recall": ("region", "recall"),
    "map50": ("region", "map50"),
    "map50_95": ("region", "map50_95"),
}
"""Level and metric of a logged name. Anomalib's `pixel_PRO` is the overlap at one threshold, that
of the best pixel F1: never AUPRO."""
_LEVELS = ("image", "pixel")
_UNKNOWN = 0
"""In the column `n`: a log does not say how many samples a value rests on."""


def place_of(name: str) -> tuple[str, str] | None:
    """Level and metric of a logged name; None if no level is known of it, e.g. `test_loss`."""
    if name in _NAMES:
        return _NAMES[name]
    level, _, metric = name.partition("_")
    return (level, metric) if level in _LEVELS and metric else None


def metrics_of(cell: ImportedCell, early: Container[Key]) -> pd.DataFrame:
    """The values of a cell, as logged (`iadbe.schemas.MetricsSchema`)."""
    rows = []
    for name, logged in cell.run.metrics.items():
        if (place := place_of(name)) is not None:
            leakage = leakage_of(cell.run, place[1], early)
            rows.append(_row(cell, *place, logged.value, leakage))
    if (seconds := cell.run.training.seconds) is not None and rows:
        rows.append(_row(cell, "system", "fit_seconds", seconds.value, "none"))
    columns = list(MetricsSchema.to_schema().columns)
    table = pd.DataFrame(rows, columns=columns).drop_duplicates(["level", "metric"])
    checked: pd.DataFrame = MetricsSchema.validate(table)
    return checked


def _row(cell: ImportedCell, level: str, metric: str, value: float, leakage: str) -> dict[str, Any]:
    defined = math.isfinite(value)
    return {
        **dict.fromkeys(MetricsSchema.to_schema().columns),
        **cell.row,
        "level": level,
        "metric": metric,
        "value": value if defined else None,
        "n": _UNKNOWN,
        "leakage": leakage,
        "reason": None if defined else "the log prints no finite number",
    }

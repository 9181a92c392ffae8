"""One cell as plain data for the page: scores, curve, numbers, gallery, provenance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.drill_down.category_block import encoded
from iadbe.reporting.drill_down.provenance import provenance
from iadbe.reporting.formats import text

_DIGITS = 6
"""Significant ones of a score or value: more than a screen can show."""


class CellTables(NamedTuple):
    """The tables of one cell; without rows where it has no result.

    ROC and precision-recall follow from the scores, so of `curves` only PRO is shown. `examples`
    are those with room in the report.
    """

    scores: pd.DataFrame
    curves: pd.DataFrame
    metrics: pd.DataFrame
    examples: pd.DataFrame


def cell_block(
    run: pd.Series,
    tables: CellTables,
    places: Mapping[str, int],
    colours: tuple[float, float] | None,
) -> dict[str, Any]:
    """One cell.

    Args:
        run: Its row of `iadbe.schemas.RunsSchema`.
        tables: What it left.
        places: Sample id to place among the category's samples.
        colours: Raw values of the coldest and hottest colour, the same for all cells of its model.
    """
    scores, curves, metrics, examples = tables
    by_id = dict(zip(scores["sample_id"], scores["image_score"], strict=True))
    pro = curves[curves["curve"] == "pro"]
    return {
        "status": run["status"],
        "cause": text(run["cause"]) or "",
        "supervision": text(run["supervision"]) or "",
        "scores": [_number(by_id.get(name)) for name in places] if by_id else [],
        "threshold": _threshold(metrics),
        "pro": [[round(float(x), 4) for x in pro[axis]] for axis in ("x", "y")],
        "metrics": [_metric(row) for row in overall(metrics).to_dict("records")],
        "gallery": [
            _example(row, places)
            for row in examples.to_dict("records")
            if row["sample_id"] in places
        ],
        "colours": colours,
        "provenance": provenance(run),
    }


def _threshold(metrics: pd.DataFrame) -> list[Any] | None:
    """Its value and what of the test it saw; None where there is none."""
    image = metrics[(metrics["level"] == "image") & (metrics["metric"] == "threshold")]
    known = image.dropna(subset="value")
    if known.empty:
        return None
    return [float(known["value"].iloc[0]), known["leakage"].iloc[0]]


def _metric(row: Mapping[Any, Any]) -> list[Any]:
    """Level, metric, value, ends of the interval, n, leakage, reason."""
    numbers = [_number(row[key]) for key in ("value", "ci_low", "ci_high")]
    return [row["level"], row["metric"], *numbers, int(row["n"]), row["leakage"],
            text(row["reason"]) or ""]  # fmt: skip


def _example(row: Mapping[Any, Any], places: Mapping[str, int]) -> list[Any]:
    """Kind, place of the sample, map in base64, raw values of its black and white."""
    map_ = row["anomaly_map"]
    drawn = encoded(map_) if isinstance(map_, bytes) else ""
    ends = [_number(row[key]) for key in ("map_low", "map_high")]
    return [row["kind"], places[row["sample_id"]], drawn, *ends]


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(f"{value:.{_DIGITS}g}")

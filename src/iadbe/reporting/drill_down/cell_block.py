"""One cell as plain data for the page: scores, curve, numbers, gallery, provenance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from iadbe.reporting.drill_down.category_block import encoded
from iadbe.reporting.drill_down.provenance import provenance
from iadbe.reporting.formats import text
from iadbe.reporting.rows import Row

_DIGITS = 6
"""Significant ones of a score or value: more than a screen can show."""

SCORE = ("sample_id", "image_score")
POINT = ("curve", "x", "y")
METRIC = ("level", "metric", "value", "ci_low", "ci_high", "n", "leakage", "reason")
EXAMPLE = ("kind", "sample_id", "anomaly_map", "map_low", "map_high")


class CellRows(NamedTuple):
    """What one cell left, as rows of the columns above; none where it has no result.

    ROC and precision-recall follow from the scores, so of the curves only PRO is shown. `examples`
    are those with room in the report.
    """

    scores: list[Row]
    curves: list[Row]
    metrics: list[Row]
    examples: list[Row]


def cell_block(
    run: Mapping[str, Any],
    rows: CellRows,
    places: Mapping[str, int],
    colours: tuple[float, float] | None,
) -> dict[str, Any]:
    """One cell.

    Args:
        run: Its row of `iadbe.schemas.RunsSchema`.
        rows: What it left.
        places: Sample id to place among the category's samples.
        colours: Raw values of the coldest and hottest colour, the same for all cells of its model.
    """
    by_id: dict[str, float] = dict(rows.scores)
    pro = [(x, y) for curve, x, y in rows.curves if curve == "pro"]
    return {
        "status": run["status"],
        "cause": text(run["cause"]) or "",
        "supervision": text(run["supervision"]) or "",
        "scores": [_number(by_id.get(name)) for name in places] if by_id else [],
        "threshold": _threshold(rows.metrics),
        "pro": [[round(point[axis], 4) for point in pro] for axis in (0, 1)],
        "metrics": [_metric(*row) for row in rows.metrics],
        "gallery": [_example(places[row[1]], *row) for row in rows.examples if row[1] in places],
        "colours": colours,
        "provenance": provenance(run),
    }


def _threshold(metrics: list[Row]) -> list[Any] | None:
    """Its value and what of the test it saw; None where there is none."""
    for level, metric, value, *_, leakage, _ in metrics:
        if (level, metric) == ("image", "threshold") and value is not None:
            return [value, leakage]
    return None


def _metric(level: str, metric: str, *rest: Any) -> list[Any]:
    """Level, metric, value, ends of the interval, n, leakage, reason."""
    *numbers, n, leakage, reason = rest
    return [level, metric, *map(_number, numbers), n, leakage, reason or ""]


def _example(place: int, kind: str, _: str, map_: bytes | None, *scale: float | None) -> list[Any]:
    """Kind, place of the sample, map in base64, raw values of its black and white."""
    return [kind, place, encoded(map_) if map_ else "", *map(_number, scale)]


def _number(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{_DIGITS}g}")

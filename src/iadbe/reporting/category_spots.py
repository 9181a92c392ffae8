"""What is known of a model in a category beside its value: status, cause, interval, leakage."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import score, text
from iadbe.reporting.results import only_done, with_result, worst
from iadbe.reporting.shown_metrics import ShownMetric
from iadbe.schemas import LEAKAGES


class Spot(NamedTuple):
    """`cell` is the first of its seeds, the worst one where any is not done."""

    status: str
    cell: str = ""
    cause: str = ""
    interval: str = ""


ABSENT = Spot("missing", cause="not in the matrix")


def find_spots(
    shown: ShownMetric, metrics: pd.DataFrame, runs: pd.DataFrame
) -> dict[tuple[str, str], Spot]:
    """By model and category, for the cells of one dataset.

    Args:
        shown: The metric.
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
    """
    intervals = _intervals(shown, with_result(overall(metrics), runs))
    spots = {}
    for (model, category), rows in runs.groupby(["model", "category"], sort=False):
        status = worst(rows["status"])
        row = rows[rows["status"] == status].iloc[0]
        cause = "" if status == "done" else text(row["cause"]) or ""
        key = str(model), str(category)
        spots[key] = Spot(status, str(row["cell"]), cause, intervals.get(key, ""))
    return spots


def leakage_of(shown: ShownMetric, metrics: pd.DataFrame, model: str) -> str:
    """What of the test a model's values saw, the gravest where they differ."""
    rows = _rows(shown, metrics)
    seen = set(rows.loc[rows["model"] == model, "leakage"])
    return max(seen, key=LEAKAGES.index, default="none")


def reasons(shown: ShownMetric, metrics: pd.DataFrame, runs: pd.DataFrame) -> list[str]:
    """Why finished cells have no value, a line a model and reason."""
    done = only_done(_rows(shown, overall(metrics)), runs)
    null = done[done["value"].isna()]
    lines = []
    for (model, reason), rows in null.groupby(["model", "reason"], dropna=False, sort=False):
        where = ", ".join(rows["category"].unique())
        lines.append(f"{model} ({where}): {text(reason) or 'undefined'}")
    return lines


def _rows(shown: ShownMetric, metrics: pd.DataFrame) -> pd.DataFrame:
    return metrics[(metrics["level"] == shown.level) & (metrics["metric"] == shown.metric)]


def _intervals(shown: ShownMetric, metrics: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Of a model in a category; where several seeds are averaged, none is known of their mean."""
    rows = _rows(shown, metrics)
    single = rows[~rows.duplicated(["model", "category"], keep=False)]
    known = single.dropna(subset=["ci_low", "ci_high"])
    columns = (known[name].tolist() for name in ("model", "category", "ci_low", "ci_high"))
    return {
        (model, category): f"{score(low)} to {score(high)}"
        for model, category, low, high in zip(*columns, strict=True)
    }

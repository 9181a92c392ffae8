"""Why a table has no value, or one that does not count, and at whom: never 0, never silent."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import text
from iadbe.reporting.paper_tables.metrics import Metric
from iadbe.reporting.results import CAUSES, only_done, worst

_LONGEST = 240
"""Letters of a cause; a whole traceback is no note."""
Place = tuple[str, str]
"""Model and category."""


def reasons(metric: Metric, metrics: pd.DataFrame, runs: pd.DataFrame) -> dict[Place, str]:
    """Why a model has no countable value in a category, for those where that is known.

    Args:
        metric: Of the table.
        metrics: Values of one dataset (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
    """
    return {**_undefined(metric, metrics, runs), **_not_done(runs)}


def _not_done(runs: pd.DataFrame) -> dict[Place, str]:
    """Status and cause of the worst of a category's cells."""
    found = {}
    for place, cells in runs.groupby(["model", "category"], sort=False):
        status = worst(cells["status"])
        if status == "done":
            continue
        causes = cells.loc[cells["status"] == status, "cause"]
        cause = text(causes.iloc[0]) or CAUSES.get(status)
        told = cause if status == "missing" else ": ".join(filter(None, [status, cause]))
        model, category = place
        found[str(model), str(category)] = _short(told or status)
    return found


def _undefined(metric: Metric, metrics: pd.DataFrame, runs: pd.DataFrame) -> dict[Place, str]:
    """What finished cells say of a metric that has no value."""
    done = only_done(overall(metrics), runs)
    own = done[(done["level"] == metric.level) & (done["metric"] == metric.name)]
    null = own[own["value"].isna()]
    columns = (null[name] for name in ("model", "category", "reason"))
    return {
        (model, category): _short(text(reason) or "undefined")
        for model, category, reason in zip(*columns, strict=True)
    }


def listed(places: Iterable[tuple[str, str]], categories: int) -> str:
    """`PaDiM (Screw, Pill); CFA`: models with the categories meant, none if all are.

    Args:
        places: Names of model and category.
        categories: The number of categories of the dataset.
    """
    by_model: dict[str, list[str]] = {}
    for model, category in places:
        by_model.setdefault(model, []).append(category)
    return "; ".join(
        model if len(names) == categories else f"{model} ({', '.join(names)})"
        for model, names in by_model.items()
    )


def grouped(found: Mapping[Place, str]) -> dict[str, list[Place]]:
    """The places of each reason, in their order."""
    places: dict[str, list[Place]] = {}
    for place, reason in found.items():
        places.setdefault(reason, []).append(place)
    return places


def _short(told: str) -> str:
    return textwrap.shorten(told, _LONGEST, placeholder=" ...")

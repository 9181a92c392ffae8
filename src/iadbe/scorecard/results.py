"""What this benchmark has to set beside a published number: a value, or why there is none."""

from __future__ import annotations

import math
from statistics import fmean
from typing import NamedTuple

import pandas as pd

from iadbe.layouts.facts import official
from iadbe.metrics.overall import overall
from iadbe.reporting.formats import text
from iadbe.reporting.leaderboard import METRICS as COLUMN_NAMES
from iadbe.reporting.results import worst
from iadbe.schemas import RESULT
from iadbe.scorecard.tolerances import METRICS

_CELL = ["dataset", "model", "category"]
_DEFAULTS = {"missing": "not run yet", "stale": "data, code or settings changed since it ran"}


class Result(NamedTuple):
    """One of our numbers: mean over seeds of a category, or over categories.

    `value` is null unless every seed (and category) has one; `status` is then the worst of them and
    `cause` says why. `seeds` is how many the value rests on.
    """

    value: float | None
    seeds: int
    status: str
    cause: str | None = None


class _Cell(NamedTuple):
    status: str
    cause: str | None


class Results:
    """The numbers of a benchmark, by dataset, model, category and metric.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).
    """

    def __init__(self, metrics: pd.DataFrame, runs: pd.DataFrame) -> None:
        cells: dict[tuple[str, ...], list[_Cell]] = {}
        for *key, status, cause in runs[[*_CELL, "status", "cause"]].itertuples(index=False):
            cells.setdefault(tuple(key), []).append(_Cell(status, text(cause)))
        self._states = {key: _state(group) for key, group in cells.items()}
        self._values = _values(overall(metrics))

    def of(self, dataset: str, model: str, category: str, metric: str) -> Result:
        """The mean over the seeds of one category."""
        status, cause, seeds = self._states[dataset, model, category]
        if status not in RESULT:
            return Result(None, 0, status, cause)
        numbers = self._values.get((dataset, model, category, metric), [])
        values = [value for value, _ in numbers if not math.isnan(value)]
        if not numbers or len(values) < len(numbers):
            why = next((reason for value, reason in numbers if math.isnan(value)), None)
            return Result(None, 0, status, why or "the metric is not measured")
        return Result(fmean(values), seeds, status, cause)

    def average(self, dataset: str, model: str, metric: str) -> Result:
        """The mean over all categories of an official dataset, if each of them has a value."""
        facts = official(dataset)
        ours = [own[2] for own in self._states if own[:2] == (dataset, model)]
        known = list(facts.categories) if facts else ours
        if absent := [name for name in known if name not in ours]:
            cause = f"{len(absent)} of its {len(known)} categories are not in this benchmark"
            return Result(None, 0, "missing", cause)
        each = {name: self.of(dataset, model, name, metric) for name in known}
        status = worst(result.status for result in each.values())
        for name, result in each.items():
            if result.value is None or result.status != "done":
                # A degenerate value is shown by category and has no part in a mean.
                return Result(None, 0, result.status, f"{name}: {result.cause}")
        values = [result.value for result in each.values() if result.value is not None]
        return Result(fmean(values), min(r.seeds for r in each.values()), status)


def _state(cells: list[_Cell]) -> tuple[str, str | None, int]:
    """Worst status of a category's seeds, the cause of the first that has it, their number."""
    status = worst(cell.status for cell in cells)
    cause = next(cell.cause for cell in cells if cell.status == status)
    return status, cause or _DEFAULTS.get(status), len(cells)


def _values(metrics: pd.DataFrame) -> dict[tuple[str, ...], list[tuple[float, str | None]]]:
    """Dataset, model, category and metric to a value and reason a seed."""
    names = (metrics["level"] + "/" + metrics["metric"]).map(COLUMN_NAMES)
    named = metrics.assign(name=names)[names.isin(METRICS)]
    values: dict[tuple[str, ...], list[tuple[float, str | None]]] = {}
    for *key, value, reason in named[[*_CELL, "name", "value", "reason"]].itertuples(index=False):
        values.setdefault(tuple(key), []).append((float(value), text(reason)))
    return values

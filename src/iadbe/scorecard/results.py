"""What this benchmark has to set beside a published number: a value, or why there is none."""

from __future__ import annotations

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


class Results:
    """The numbers of a benchmark, by dataset, model, category and metric.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).
    """

    def __init__(self, metrics: pd.DataFrame, runs: pd.DataFrame) -> None:
        self._states = {_key(key): _state(rows) for key, rows in runs.groupby(_CELL, sort=False)}
        whole = overall(metrics)
        names = (whole["level"] + "/" + whole["metric"]).map(COLUMN_NAMES)
        named = whole.assign(name=names)[names.isin(METRICS)]
        self._values = {_key(key): rows for key, rows in named.groupby([*_CELL, "name"])}

    def of(self, dataset: str, model: str, category: str, metric: str) -> Result:
        """The mean over the seeds of one category."""
        status, cause, seeds = self._states[dataset, model, category]
        if status not in RESULT:
            return Result(None, 0, status, cause)
        rows = self._values.get((dataset, model, category, metric))
        if rows is None or rows["value"].isna().any():
            why = None if rows is None else text(rows.loc[rows["value"].isna(), "reason"].iloc[0])
            return Result(None, 0, status, why or "the metric is not measured")
        return Result(float(rows["value"].mean()), seeds, status, cause)

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
        return Result(sum(values) / len(values), min(r.seeds for r in each.values()), status)


def _key(key: object) -> tuple[str, ...]:
    assert isinstance(key, tuple)
    return tuple(str(part) for part in key)


def _state(cells: pd.DataFrame) -> tuple[str, str | None, int]:
    """Worst status of a category's seeds, the cause of the first that has it, their number."""
    status = worst(cells["status"])
    cause = text(cells.loc[cells["status"] == status, "cause"].iloc[0])
    return status, cause or _DEFAULTS.get(status), len(cells)

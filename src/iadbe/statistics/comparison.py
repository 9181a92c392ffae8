"""Models over the categories that all of them completed: who is better, and is it chance?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.results import CELL, only_done
from iadbe.statistics.friedman import Friedman, friedman_test
from iadbe.statistics.nemenyi import ALPHA, critical_difference
from iadbe.statistics.ranks import average_ranks
from iadbe.statistics.wilcoxon_holm import wilcoxon_holm

FEWEST_MODELS, FEWEST_CATEGORIES = 2, 3
SHARE = 0.5
"""A model that completed a smaller share of the categories than this would take too many from the
others, and is left out."""
_BLOCK = ["dataset", "category"]


@dataclass(frozen=True)
class Comparison:
    """Models compared on one metric; what `reason` says cannot be is None."""

    metric: str
    """Level and name, e.g. `image/auroc`."""
    table: pd.DataFrame
    """Mean over seeds: a row a category (dataset, category), a column a model; no NaN."""
    categories: int
    """How many there are in the matrix; `len(table)` of them were used."""
    dropped: dict[str, str]
    """Models that were left out, and why."""
    ranks: pd.Series | None = None
    """Mean rank of each model, the best first."""
    friedman: Friedman | None = None
    critical_difference: float | None = None
    pairs: pd.DataFrame | None = None
    """Of `iadbe.statistics.wilcoxon_holm.wilcoxon_holm`."""
    reason: str | None = None

    @property
    def differ(self) -> bool | None:
        """Whether any of the models differ, at `ALPHA`; None if that was not tested."""
        return None if self.friedman is None else self.friedman.p < ALPHA


def compare(
    metrics: pd.DataFrame, runs: pd.DataFrame, metric: str, *, supervised: bool = False
) -> Comparison:
    """Compare models that are comparable, on the categories that all of them completed.

    A category is completed if all its seeds are `done` (a degenerate one is not) with a value.
    Models without any, or with fewer than `SHARE` of the most that one has, are left out first.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).
        metric: Level and name of one where more is better, e.g. `image/auroc`.
        supervised: The models that saw labelled defects, or else all the others; never both.
    """
    own = runs[runs["supervision"].eq("supervised") == supervised]
    categories = len(own.drop_duplicates(_BLOCK))
    table = _completed(metrics, own, metric)
    table, dropped = _enough(table, list(own["model"].unique()))
    values = table.dropna()
    if reason := _too_few(values):
        return Comparison(metric, values, categories, dropped, reason=reason)
    n, k = values.shape
    return Comparison(
        metric,
        values,
        categories,
        dropped,
        average_ranks(values),
        friedman_test(values),
        critical_difference(k, n),
        wilcoxon_holm(values),
    )


def only_supervised(runs: pd.DataFrame) -> bool:
    """Whether there is no other model to compare than those that saw labelled defects."""
    return bool(runs["supervision"].eq("supervised").all()) and len(runs) > 0


def _completed(metrics: pd.DataFrame, runs: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Mean over seeds of each category and model; NaN unless every seed is done and has one."""
    level, name = metric.split("/")
    found = only_done(overall(metrics), runs)
    found = found[(found["level"] == level) & (found["metric"] == name)]
    cells = runs[CELL].merge(found[[*CELL, "value"]], how="left", on=CELL)
    groups = cells.groupby([*_BLOCK, "model"], sort=False)["value"]
    means = groups.mean().where(groups.count() == groups.size())
    return means.unstack("model")  # noqa: PD010


def _enough(table: pd.DataFrame, models: list[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """The models that completed enough categories, and why the others did not."""
    count = table.notna().sum().reindex(models, fill_value=0)
    most = int(count.max()) if len(count) else 0
    few = count[(count == 0) | (count < SHARE * most)]
    dropped = {
        str(model): f"completed {n} of {len(table)} categories" if n else "completed no category"
        for model, n in few.items()
    }
    return table[[model for model in models if model not in dropped]], dropped


def _too_few(table: pd.DataFrame) -> str | None:
    categories, models = table.shape
    if models < FEWEST_MODELS:
        return f"{'only one' if models else 'no'} model has enough results"
    if categories < FEWEST_CATEGORIES:
        who = "both models" if models == 2 else f"all {models} models"
        done = f"{categories} {'category' if categories == 1 else 'categories'}"
        return f"{who} completed {done} together, {FEWEST_CATEGORIES} are needed"
    return None

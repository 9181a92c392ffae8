"""What is known of a model in a category beside its value: status, cause, interval, leakage."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import score
from iadbe.reporting.results import SEVERITY, only_done, with_result
from iadbe.reporting.rows import Row, grouped
from iadbe.reporting.shown_metrics import ShownMetric
from iadbe.schemas import LEAKAGES


class Spot(NamedTuple):
    """`cell` is the first of its seeds, the worst one where any is not done."""

    status: str
    cell: str = ""
    cause: str = ""


ABSENT = Spot("missing", cause="not in the matrix")

_METRIC = ("level", "metric")
_SHOWN = ("model", "category", "ci_low", "ci_high", "leakage")
_DONE = ("model", "category", "value", "reason")


class Spots:
    """Of the cells of one dataset.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
    """

    def __init__(self, metrics: pd.DataFrame, runs: pd.DataFrame) -> None:
        whole = overall(metrics)
        self._shown = grouped(with_result(whole, runs), _METRIC, _SHOWN)
        self._done = grouped(only_done(whole, runs), _METRIC, _DONE)
        cells = grouped(runs, ("model", "category"), ("status", "cell", "cause"))
        self._spots = {key: _worst(seeds) for key, seeds in cells.items()}

    def of(self, model: str, category: str) -> Spot:
        """What stands of a model in a category."""
        return self._spots.get((model, category), ABSENT)

    def intervals(self, shown: ShownMetric) -> dict[Row, str]:
        """By model and category; of a mean over several seeds none is known."""
        found: dict[Row, list[Row]] = {}
        for model, category, low, high, _ in self._rows(shown):
            found.setdefault((model, category), []).append((low, high))
        return {
            key: f"{score(ends[0][0])} to {score(ends[0][1])}"
            for key, ends in found.items()
            if len(ends) == 1 and None not in ends[0]
        }

    def leakage(self, shown: ShownMetric) -> dict[str, str]:
        """What of the test a model's values saw, the gravest where they differ."""
        seen: dict[str, set[str]] = {}
        for model, *_, leakage in self._rows(shown):
            seen.setdefault(model, set()).add(leakage)
        return {model: max(found, key=LEAKAGES.index) for model, found in seen.items()}

    def reasons(self, shown: ShownMetric) -> list[str]:
        """Why finished cells have no value, a line a model and reason."""
        where: dict[tuple[str, str], dict[str, None]] = {}
        for model, category, value, reason in self._done.get((shown.level, shown.metric), []):
            if value is None:
                where.setdefault((model, reason or "undefined"), {})[category] = None
        return [
            f"{model} ({', '.join(names)}): {reason}" for (model, reason), names in where.items()
        ]

    def _rows(self, shown: ShownMetric) -> list[Row]:
        return self._shown.get((shown.level, shown.metric), [])


def _worst(seeds: list[Row]) -> Spot:
    order = (*SEVERITY, "done")
    status, cell, cause = min(seeds, key=lambda seed: order.index(seed[0]))
    return Spot(status, cell, "" if status == "done" else cause or "")

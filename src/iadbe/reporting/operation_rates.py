"""False alarms and misses at the chosen thresholds, counted over categories, as numbers."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.results import only_done
from iadbe.statistics.binomial import binomial_interval

_PROMISES = ("requested_false_alarm_rate", "guaranteed_false_alarm_rate")
_RATES = ("false_alarm_rate", "miss_rate")


class Rate(NamedTuple):
    """`wrong` of `parts` test images, and the exact 95 % interval of their share."""

    wrong: int
    parts: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """In [0, 1]."""
        return self.wrong / self.parts


class Operation(NamedTuple):
    """One model over the categories in which its rates are known; None where one is not."""

    requested: float | None
    guaranteed: float | None
    false_alarms: Rate | None
    misses: Rate | None
    categories: int
    leakage: str
    """What of the test the threshold saw; `none` if nothing."""


def operations(metrics: pd.DataFrame, runs: pd.DataFrame) -> dict[str, Operation]:
    """What the thresholds of each model do; a model without a known rate has no entry.

    Parts are counted over all categories, each with the threshold of its own model. Several seeds
    judge the same parts, so their counts are averaged, not added.

    Args:
        metrics: Metric values of one dataset (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
    """
    done = only_done(overall(metrics), runs)
    image = done[(done["level"] == "image") & done["metric"].isin([*_PROMISES, *_RATES])]
    found = {str(model): _operation(rows) for model, rows in image.groupby("model", sort=False)}
    return {model: operation for model, operation in found.items() if operation}


def _operation(metrics: pd.DataFrame) -> Operation | None:
    known = metrics[metrics["metric"].isin(_RATES)].dropna(subset="value")
    if known.empty:
        return None
    promises = metrics.groupby("metric")["value"].mean().dropna()
    requested, guaranteed = (promises.get(name) for name in _PROMISES)
    false_alarms, misses = (_rate(known[known["metric"] == name]) for name in _RATES)
    return Operation(
        requested,
        guaranteed,
        false_alarms,
        misses,
        categories=int(known["category"].nunique()),
        leakage=" + ".join(sorted(set(known["leakage"]))),
    )


def _rate(rows: pd.DataFrame) -> Rate | None:
    seeds = max(1, rows["seed"].nunique())
    parts = round(rows["n"].sum() / seeds)
    if not parts:
        return None
    wrong = round((rows["value"] * rows["n"]).sum() / seeds)
    low, high, _ = binomial_interval(wrong, parts)
    return None if low is None or high is None else Rate(wrong, parts, low, high)

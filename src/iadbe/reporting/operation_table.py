"""What the chosen thresholds cost on a line: false alarms and misses per 1,000 parts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import NOTHING, amount, text
from iadbe.reporting.results import only_done
from iadbe.statistics.binomial import binomial_interval

_PROMISES = ("requested_false_alarm_rate", "guaranteed_false_alarm_rate")
_RATES = ("false_alarm_rate", "miss_rate")


class OperationRow(NamedTuple):
    """One model, over the categories in which its rates are known; rates per 1,000 parts."""

    model: str
    requested: str
    guaranteed: str
    false_alarms: str
    misses: str
    categories: int
    leakage: str
    """What of the test the threshold saw; `none` if nothing."""


def operation_rows(
    board: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> list[OperationRow]:
    """The rows of one dataset, in the order of its leaderboard.

    Parts are counted over all categories, each with the threshold of its own model. Several seeds
    judge the same parts, so their counts are averaged, not added.

    Args:
        board: The rows of the dataset (`iadbe.reporting.leaderboard.rank`).
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
    """
    done = only_done(overall(metrics), runs)
    image = done[(done["level"] == "image") & done["metric"].isin([*_PROMISES, *_RATES])]
    rows = [_row(str(model), image[image["model"] == model]) for model in board["model"]]
    return [row for row in rows if row is not None]


def _row(model: str, metrics: pd.DataFrame) -> OperationRow | None:
    known = metrics[metrics["metric"].isin(_RATES)].dropna(subset="value")
    if known.empty:
        return None
    promises = metrics.groupby("metric")["value"].mean()
    requested, guaranteed = (per_thousand(promises.get(name)) for name in _PROMISES)
    false_alarms, misses = (_rate(known[known["metric"] == name]) for name in _RATES)
    return OperationRow(
        model=model,
        requested=requested,
        guaranteed=guaranteed,
        false_alarms=false_alarms,
        misses=misses,
        categories=int(known["category"].nunique()),
        leakage=" + ".join(sorted(set(known["leakage"]))),
    )


def _rate(rows: pd.DataFrame) -> str:
    """A rate per 1,000 parts and its exact 95 % interval, e.g. `66 (12–190)`."""
    seeds = max(1, rows["seed"].nunique())
    parts = round(rows["n"].sum() / seeds)
    if not parts:
        return NOTHING
    wrong = round((rows["value"] * rows["n"]).sum() / seeds)
    low, high, _ = binomial_interval(wrong, parts)
    ends = f"{per_thousand(low)}\u2013{per_thousand(high)}"
    return f"{per_thousand(wrong / parts)} ({ends}), {wrong} of {parts}"


def per_thousand(rate: float | None) -> str:
    """A rate as parts of 1,000, to three significant digits."""
    return NOTHING if rate is None or text(rate) is None else amount(1000 * rate)

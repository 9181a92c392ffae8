"""What the chosen thresholds cost on a line: false alarms and misses per 1,000 parts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount
from iadbe.reporting.operation_rates import Operation, Rate, operations


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

    Args:
        board: The rows of the dataset (`iadbe.reporting.leaderboard.rank`).
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
    """
    found = operations(metrics, runs)
    return [_row(model, found[model]) for model in map(str, board["model"]) if model in found]


def _row(model: str, operation: Operation) -> OperationRow:
    return OperationRow(
        model=model,
        requested=per_thousand(operation.requested),
        guaranteed=per_thousand(operation.guaranteed),
        false_alarms=_counted(operation.false_alarms),
        misses=_counted(operation.misses),
        categories=operation.categories,
        leakage=operation.leakage,
    )


def _counted(rate: Rate | None) -> str:
    """A rate with its interval and what it rests on, e.g. `50.0 (6.11–169), 2 of 40`."""
    return NOTHING if rate is None else f"{with_interval(rate)}, {rate.wrong} of {rate.parts}"


def with_interval(rate: Rate | None) -> str:
    """A rate per 1,000 parts and its exact 95 % interval, e.g. `66.0 (12.0–190)`."""
    if rate is None:
        return NOTHING
    return f"{per_thousand(rate.share)} ({per_thousand(rate.low)}\u2013{per_thousand(rate.high)})"


def per_thousand(rate: float | None) -> str:
    """A rate as parts of 1,000, to three significant digits."""
    return NOTHING if rate is None else amount(1000 * rate)

"""How a mean reads: with the categories it lacks, and its spread over seeds, beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from iadbe.reporting.formats import NOTHING, score

SPREAD_OF = "image_auroc"
"""The one mean whose spread over seeds the leaderboard knows."""


def over(row: pd.Series | Mapping[Any, Any], column: str) -> str:
    """`12/15`, the categories that a mean is over, where they are not all; else nothing.

    Args:
        row: Of the leaderboard (`iadbe.reporting.leaderboard.rank`).
        column: The metric.
    """
    counted, categories = row.get(f"{column}_categories"), row.get("categories")
    if counted is None or categories is None or not 0 < counted < categories:
        return ""
    return f"{int(counted)}/{int(categories)}"


def spread(row: pd.Series, column: str) -> str:
    """`± 0.004 (3 seeds)`, the standard deviation over seeds, where there are several."""
    known = row.get(f"{column}_spread")
    if column != SPREAD_OF or known is None or pd.isna(known):
        return ""
    return f"± {score(known)} ({int(row['seeds'])} seeds)"


def mean(row: pd.Series, column: str, read: Callable[[float], str] = score) -> str:
    """A mean as text, e.g. `0.981 ± 0.004 (3 seeds)` or `0.981 12/15`."""
    shown = read(row[column])
    if shown == NOTHING:
        return shown
    return " ".join(filter(None, [shown, spread(row, column), over(row, column)]))


def complete(board: pd.DataFrame, column: str) -> pd.DataFrame:
    """The models whose mean is over as many categories as any other's: these can be compared."""
    counts = board.get(f"{column}_categories")
    return board if counts is None else board[counts == counts.max()]

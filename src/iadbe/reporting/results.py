"""Which results may be shown: those of finished cells, and a status for all the others."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from iadbe.schemas import RESULT

CELL = ["dataset", "model", "category", "seed"]
SEVERITY = ("failed", "stale", "skipped", "missing", "degenerate")
"""Every status but `done`, the worst first."""

CAUSES = {"missing": "not run yet", "stale": "data, code or settings changed since it ran"}
"""What a status means where no cause is recorded."""


def only_done(frame: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The rows of a cell table whose cell is done now.

    Args:
        frame: A table with the four columns that name a cell, e.g. metrics or curves.
        runs: One row a cell (`iadbe.schemas.RunsSchema`).

    Returns:
        The rows to count, in their order; a stale or half-written result is never among them.
    """
    return _of_status(frame, runs, ("done",))


def only_degenerate(frame: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The rows of cells whose result is none: to be shown, never counted."""
    return _of_status(frame, runs, ("degenerate",))


def with_result(frame: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The rows of a cell table to show: those of `only_done`, and those of degenerate cells."""
    return _of_status(frame, runs, RESULT)


def _of_status(frame: pd.DataFrame, runs: pd.DataFrame, statuses: Iterable[str]) -> pd.DataFrame:
    cells = pd.MultiIndex.from_frame(runs.loc[runs["status"].isin(list(statuses)), CELL])
    return frame[pd.MultiIndex.from_frame(frame[CELL]).isin(cells)]


def worst(statuses: Iterable[str]) -> str:
    """`done` if every status is, else the worst one present."""
    present = set(statuses)
    return next((status for status in SEVERITY if status in present), "done")

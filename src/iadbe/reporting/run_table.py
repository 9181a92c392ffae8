"""What was run, and what went wrong, as rows of the report's tables."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount, text
from iadbe.reporting.results import CAUSES, SEVERITY


class Trouble(NamedTuple):
    """A cell without a result that counts."""

    cell: str
    status: str
    cause: str
    traceback_file: str | None


class Setup(NamedTuple):
    """A model as it was run."""

    model: str
    supervision: str
    plugin: str
    params: str
    device: str
    memory_mb: str
    size_mb: str


def troubles(runs: pd.DataFrame) -> list[Trouble]:
    """All cells that are not done, the worst statuses first."""
    bad = runs[runs["status"] != "done"]
    order = bad["status"].map({status: place for place, status in enumerate(SEVERITY)})
    return [_trouble(row) for _, row in bad.loc[order.sort_values(kind="stable").index].iterrows()]


def setups(board: pd.DataFrame, runs: pd.DataFrame) -> list[Setup]:
    """One row a model of one dataset, in the leaderboard's order."""
    first = runs.sort_values("finished_at", na_position="last").drop_duplicates("model")
    return [_setup(row, first.set_index("model").loc[row["model"]]) for _, row in board.iterrows()]


def last_result(runs: pd.DataFrame) -> str | None:
    """The day and time of the newest finished cell, as `runs` has it, None when nothing ran."""
    finished = runs.loc[runs["status"] == "done", "finished_at"].dropna()
    return str(finished.max())[:16].replace("T", " ") if len(finished) else None


def _trouble(row: pd.Series) -> Trouble:
    cause = text(row["cause"]) or CAUSES.get(row["status"], "no cause recorded")
    return Trouble(row["cell"], row["status"], cause, text(row["traceback_file"]))


def _setup(row: pd.Series, run: pd.Series) -> Setup:
    return Setup(
        model=row["model"],
        supervision=text(row["supervision"]) or NOTHING,
        plugin=" ".join(filter(None, [text(run["plugin"]), text(run["plugin_version"])])),
        params=run["params"],
        device=text(run["device"]) or NOTHING,
        memory_mb=amount(row["peak_memory_mb"]),
        size_mb=amount(row["model_size_mb"]),
    )

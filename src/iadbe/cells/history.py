"""All that is known of one cell: what should be, what stands, how it was made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.selection import did_you_mean
from iadbe.cells.ledger import Entry
from iadbe.cells.status import runs_table
from iadbe.cells.store import Store
from iadbe.datasets.model import CARD
from iadbe.errors import ConfigError


@dataclass(frozen=True)
class History:
    """What is known of a cell.

    Attributes:
        cell_id: Its id.
        status: One of `iadbe.schemas.STATUSES`.
        cause: Why it is not done.
        entry: Its entry in the ledger; None if it was never begun.
        record: Its run record; that of its model if it was only trained; else empty.
        metrics: What was measured (`iadbe.schemas.MetricsSchema`).
        folder: Where its results lie.
        model: The folder of its model, if there is one.
    """

    cell_id: str
    status: str
    cause: str | None
    entry: Entry | None
    record: dict[str, Any]
    metrics: pd.DataFrame
    folder: Path
    model: Path | None


def history(store: Store, cells: list[Cell], cell_id: str) -> History:
    """Look a cell up.

    Args:
        store: The benchmark's results.
        cells: Its matrix; empty for imported results, which have none.
        cell_id: The cell's id.

    Raises:
        ConfigError: If it is neither in the matrix nor in the store.
    """
    known = dict.fromkeys([*(cell.id for cell in cells), *store.cell_ids()])
    if cell_id not in known:
        raise ConfigError(f"{store.name} has no cell {cell_id!r}; {_near(cell_id, list(known))}.")
    entry = store.ledger.read(cell_id)
    status, cause = _status(store, cells, cell_id, entry)
    model = store.model(cell_id)
    return History(
        cell_id=cell_id,
        status=status,
        cause=cause,
        entry=entry,
        record=store.ledger.run_record(cell_id) or _of_model(model),
        metrics=store.metrics(cell_id),
        folder=store.ledger.folder(cell_id),
        model=model if model.is_dir() else None,
    )


def statuses(store: Store, cells: list[Cell]) -> pd.DataFrame:
    """Status and cause of every cell of the matrix, then of those that are in the store alone.

    Returns:
        Columns `cell`, `status`, `cause` and `seconds`, a row a cell.
    """
    samples = {name: store.samples(name) for name in dict.fromkeys(c.dataset for c in cells)}
    columns = ["cell", "status", "cause", "seconds"]
    rows = runs_table(cells, store.ledger, samples)[columns].to_dict("records") if cells else []
    matrix = {cell.id for cell in cells}
    for cell_id in store.cell_ids():
        if cell_id not in matrix:
            entry = store.ledger.read(cell_id)
            status, cause = _status(store, [], cell_id, entry)
            seconds = entry.seconds if entry else None
            rows.append({"cell": cell_id, "status": status, "cause": cause, "seconds": seconds})
    return pd.DataFrame(rows, columns=columns)


def _status(
    store: Store, cells: list[Cell], cell_id: str, entry: Entry | None
) -> tuple[str, str | None]:
    dataset, model, *_ = cell_id.split(".")
    # With its model's other cells: a result may be none because of what they are.
    own = [cell for cell in cells if (cell.dataset, cell.model) == (dataset, model)]
    if own:
        runs = runs_table(own, store.ledger, {dataset: store.samples(dataset)})
        for run in runs[runs["cell"] == cell_id].to_dict("records"):
            return run["status"], None if pd.isna(run["cause"]) else str(run["cause"])
    if entry is not None and entry.state in ("failed", "skipped"):
        return entry.state, entry.cause
    if not store.is_complete(cell_id, entry):
        return "missing", "interrupted, or only partly run"
    if entry is not None and "fit" in entry.stages:
        return "stale", "the benchmark no longer has this cell"
    return "done", None


def _of_model(folder: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((folder / CARD).read_text("utf-8"))["record"]
    except (OSError, ValueError, KeyError):
        return {}
    return record


def _near(cell_id: str, known: list[str]) -> str:
    """Near ids; a matrix may have thousands, so that not all are listed."""
    hint = did_you_mean(cell_id, known)
    near, _, allowed = hint.rpartition("Allowed: ")
    if len(known) <= 5:
        return hint
    return f"{near}`iadbe runs list` lists all {len(known)}" if allowed else hint

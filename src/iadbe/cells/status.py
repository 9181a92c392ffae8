"""The state of every cell of the matrix, as one row each of the table `runs`."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import STAGES_BEFORE, category_digests, cell_fingerprints
from iadbe.cells.ledger import Entry, Ledger
from iadbe.cells.stages import cause_of
from iadbe.gate.cells import degenerate
from iadbe.schemas import RESULT, RunsSchema

_RECORDED = ("command", "git", "data", "weights", "stand_ins", "samples", "source")


def runs_table(cells: list[Cell], ledger: Ledger, samples: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What stands of each cell, judged by the configuration, code and data of now.

    Args:
        cells: The whole matrix.
        ledger: What was recorded of them.
        samples: The manifest of each dataset; empty if it was never made.

    Returns:
        A table of `RunsSchema`.
    """
    digests = {name: category_digests(frame) for name, frame in samples.items()}
    entries = {cell.id: ledger.read(cell.id) for cell in cells}
    judged = {cell.id: _judge(cell, entries[cell.id], digests, ledger) for cell in cells}
    finished = [cell for cell in cells if judged[cell.id][0] == "done"]
    for cell_id, cause in degenerate(finished, ledger).items():
        judged[cell_id] = ("degenerate", cause)
    rows = [
        _row(cell, *judged[cell.id], entries[cell.id], ledger.run_record(cell.id)) for cell in cells
    ]
    return pd.DataFrame(rows, columns=list(RunsSchema.to_schema().columns))


def _judge(
    cell: Cell, entry: Entry | None, digests: dict[str, dict[str, str]], ledger: Ledger
) -> tuple[str, str | None]:
    status, cause = judge(cell, entry, digests.get(cell.dataset, {}).get(cell.category, ""))
    if status == "done" and not ledger.has_metrics(cell.id):
        return "missing", "its results were removed: run it again"
    return status, cause


def judge(cell: Cell, entry: Entry | None, data: str) -> tuple[str, str | None]:
    """Status (one of `iadbe.schemas.STATUSES`) and cause of a cell.

    Args:
        cell: The cell.
        entry: Its entry in the ledger.
        data: The digest of its category as it is now.
    """
    if entry is None:
        return "missing", "not run yet"
    if entry.state in ("failed", "skipped"):
        return entry.state, entry.cause
    if not entry.stages.keys() >= STAGES_BEFORE.keys():
        return "missing", "interrupted, or only partly run: run it again"
    try:
        expected = cell_fingerprints(cell, data)
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything here
        return "stale", cause_of(error)
    if entry.stages != expected:
        return "stale", "model, code, data or seed changed since: run it again"
    return "done", None


def _row(
    cell: Cell, status: str, cause: str | None, entry: Entry | None, record: dict[str, Any]
) -> dict[str, Any]:
    entry = entry or Entry("running")
    environment = record.get("environment")
    return {
        "cell": cell.id,
        **cell.row,
        "status": status,
        "cause": cause,
        "traceback_file": entry.traceback_file if status == "failed" else None,
        "supervision": record.get("supervision") or _supervision(cell),
        "plugin": cell.plugin,
        "plugin_version": record.get("plugin_version") if status in RESULT else None,
        "params": json.dumps(cell.params, sort_keys=True),
        "device": record.get("device", cell.device),
        "fingerprint": entry.stages.get("evaluate"),
        "started_at": entry.started_at,
        "finished_at": entry.finished_at,
        "seconds": entry.seconds,
        "environment": json.dumps(environment) if environment and status in RESULT else None,
        "record": _kept(record) if status in RESULT else None,
    }


def _kept(record: dict[str, Any]) -> str:
    """Where a result comes from: what no other column says."""
    return json.dumps({key: record[key] for key in _RECORDED if key in record})


def _supervision(cell: Cell) -> str | None:
    """Asked of the plugin where no run has recorded it."""
    from iadbe.errors import PluginError
    from iadbe.models.registry import load_plugin

    try:
        return load_plugin(cell.plugin).supervision
    except PluginError:
        return None

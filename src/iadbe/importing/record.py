"""Run record, ledger entry and row of `runs` of an imported cell."""

from __future__ import annotations

import json
from typing import Any

from iadbe.cells.fingerprint import file_digest
from iadbe.cells.ledger import Entry
from iadbe.cells.store import IMPORTED
from iadbe.importing.cells import ImportedCell
from iadbe.importing.leakage import evidence
from iadbe.importing.values import place_of
from iadbe.schemas import RunsSchema

PLUGIN = "console log"
"""What stands for the plugin: nothing of this project computed the numbers."""


def record_of(cell: ImportedCell, supervision: str | None) -> dict[str, Any]:
    """What is known of a run, and where its numbers stand; what a log does not say is null."""
    run, training = cell.run, cell.run.training
    return {
        "supervision": supervision,
        "started_at": training.started_at,
        "fit_seconds": training.seconds.value if training.seconds else None,
        "source": {
            "file": run.file.name,
            "sha256": file_digest(str(run.file)),
            "begins_at_line": run.line,
            "lines": {name: number.line for name, number in run.metrics.items()},
            "left_out": [name for name in run.metrics if place_of(name) is None] or None,
            "trained_on": run.trained_on,
            "program": training.program,
            "gpu": training.gpu,
            "seed": None,
            "chosen_on_test": evidence(run),
            "error": run.error,
            "runs_without_result": cell.failures,
        },
    }


def entry_of(cell: ImportedCell) -> Entry:
    """The ledger's entry; its only stage is the import, under the digest of the log."""
    run = cell.run
    entry = Entry("finished" if run.metrics else "failed", cause=cause_of(cell))
    entry.started_at, entry.finished_at = run.training.started_at, run.training.finished_at
    if run.metrics:
        entry.stages = {IMPORTED: file_digest(str(run.file))[:16]}
    return entry


def cause_of(cell: ImportedCell) -> str | None:
    """Why a run has no result."""
    where = f"{cell.run.file.name}:{cell.run.line}"
    if cell.run.metrics:
        return None
    return f"{where}: {cell.run.error or 'the log ends without a result'}"


def run_row(
    cell: ImportedCell, supervision: str | None, degenerate: str | None = None
) -> dict[str, Any]:
    """The row of `iadbe.schemas.RunsSchema`.

    Args:
        cell: The cell.
        supervision: What its model saw, if known.
        degenerate: Why its result is none, if the gate says so.
    """
    entry, training = entry_of(cell), cell.run.training
    params = {"trained_on": cell.run.trained_on} if cell.run.trained_on else {}
    return {
        **dict.fromkeys(RunsSchema.to_schema().columns),
        "cell": cell.id,
        **cell.row,
        "status": ("degenerate" if degenerate else "done") if cell.run.metrics else "failed",
        "cause": degenerate or entry.cause,
        "supervision": supervision,
        "plugin": PLUGIN,
        "plugin_version": training.program,
        "params": json.dumps(params),
        "device": training.gpu,
        "fingerprint": entry.stages.get(IMPORTED),
        "started_at": entry.started_at,
        "finished_at": entry.finished_at,
    }

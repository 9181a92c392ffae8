"""Entering stages of a cell into the ledger, in the order that keeps it true at any moment."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Mapping

from iadbe.cells.fingerprint import STAGES_BEFORE
from iadbe.cells.ledger import Entry, Ledger, is_fresh
from iadbe.errors import DataError, IadbeError


def now() -> str:
    """The time, as the ledger writes it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def begin(
    ledger: Ledger, cell_id: str, entry: Entry, stage: str, expected: Mapping[str, str]
) -> None:
    """Strike out a stage, and all built on it, before it runs.

    Raises:
        DataError: If a stage before it is not fresh: nothing is ever built on what an earlier
            configuration, or an unfinished run, left behind.
    """
    for before in STAGES_BEFORE.get(stage, ()):
        if not is_fresh(entry, before, expected):
            pipeline = "training" if before == "fit" else "evaluation"
            raise DataError(
                f"{cell_id}: {stage} needs an up-to-date {before}: "
                f"run `kedro run --pipelines {pipeline}` first."
            )
    _strike_out(entry, stage)
    ledger.write(cell_id, entry)


def complete(
    ledger: Ledger, cell_id: str, entry: Entry, stage: str, expected: Mapping[str, str]
) -> None:
    """Enter a stage whose outputs are all saved."""
    entry.stages[stage] = expected[stage]
    ledger.write(cell_id, entry)


def fail(ledger: Ledger, cell_id: str, entry: Entry, error: BaseException) -> None:
    """Enter a failure with its cause and the file that holds the traceback."""
    file = ledger.folder(cell_id) / "traceback.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(traceback.format_exception(error)), "utf-8")
    entry.state, entry.finished_at = "failed", now()
    entry.cause, entry.traceback_file = cause_of(error), str(file)
    ledger.write(cell_id, entry)


def cause_of(error: BaseException) -> str:
    """What went wrong, in one line: the error behind Kedro's own `DatasetError` wrapping."""
    from kedro.io import DatasetError

    while isinstance(error, DatasetError) and error.__cause__ is not None:
        error = error.__cause__
    text = str(error) if isinstance(error, IadbeError) else f"{type(error).__name__}: {error}"
    return " ".join(text.split())


def _strike_out(entry: Entry, stage: str) -> None:
    entry.stages.pop(stage, None)
    for later, before in STAGES_BEFORE.items():
        if stage in before:
            _strike_out(entry, later)

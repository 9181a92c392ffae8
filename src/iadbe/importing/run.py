"""Read logs, and leave what a finished benchmark leaves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from iadbe.auditing import gather
from iadbe.cells.ledger import Ledger
from iadbe.cells.store import IMPORTED, Store
from iadbe.errors import DataError
from iadbe.gate.cells import degenerate
from iadbe.importing.cells import ImportedCell, Key, cells_of
from iadbe.importing.leakage import early_stopped
from iadbe.importing.record import entry_of, record_of, run_row
from iadbe.importing.supervision import supervision_of
from iadbe.importing.values import metrics_of
from iadbe.schemas import MetricsSchema, RunsSchema


class Imported(NamedTuple):
    """The cells of an import, and their tables (`iadbe.schemas`)."""

    cells: list[ImportedCell]
    metrics: pd.DataFrame
    runs: pd.DataFrame


def import_logs(paths: Iterable[Path], store: Store, entries: Mapping[str, Any]) -> Imported:
    """Make the runs of console logs a benchmark of their own.

    Args:
        paths: Logs, or folders of them.
        store: Where its cells go; an earlier import there is replaced as a whole.
        entries: Our model entries by name, which say how models of these names are supervised.

    Raises:
        DataError: If no log tells of a run, or the store holds results that were computed.
    """
    _refuse_computed(store)
    logged = gather(paths).runs
    if not logged:
        raise DataError(f"{', '.join(map(str, paths))}: tables only; name console logs (.log).")
    cells, early = cells_of(logged), early_stopped(logged)
    known = {cell.id: supervision_of(cell.run, entries) for cell in cells}
    metrics = _write_cells(cells, store, early, known)
    results = [cell for cell in cells if cell.run.metrics]
    causes = degenerate(results, store.ledger)
    rows = [run_row(cell, known[cell.id], causes.get(cell.id)) for cell in cells]
    runs = RunsSchema.validate(pd.DataFrame(rows, columns=list(RunsSchema.to_schema().columns)))
    return Imported(cells, metrics, runs)


def _refuse_computed(store: Store) -> None:
    for cell_id in store.cell_ids():
        entry = store.ledger.read(cell_id)
        if entry is not None and entry.stages and IMPORTED not in entry.stages:
            raise DataError(
                f"{store.results} holds results that were computed, e.g. {cell_id}: "
                "give the import another name."
            )


def _write_cells(
    cells: list[ImportedCell], store: Store, early: Container[Key], known: Mapping[str, str | None]
) -> pd.DataFrame:
    """Write all cells beside, then put them in place; return all their metrics."""
    new = store.results.with_name(f".{store.name}.importing")
    shutil.rmtree(new, ignore_errors=True)
    tables: list[pd.DataFrame] = []
    for cell in cells:
        metrics = metrics_of(cell, early)
        folder = Ledger(new).folder(cell.id)
        folder.mkdir(parents=True)
        if len(metrics):
            metrics.to_parquet(folder / "metrics.parquet", index=False)
            tables.append(metrics)
        record = json.dumps(record_of(cell, known[cell.id]), indent=1, ensure_ascii=False)
        (folder / "run.json").write_text(record, "utf-8")
        Ledger(new).write(cell.id, entry_of(cell))
    shutil.rmtree(store.results, ignore_errors=True)
    new.rename(store.results)
    whole = pd.concat(tables, ignore_index=True) if tables else MetricsSchema.empty()
    checked: pd.DataFrame = MetricsSchema.validate(whole)
    return checked

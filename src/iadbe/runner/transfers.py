"""Test finished cells on other categories, each in a process of its own, and never stop."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from kedro.framework.hooks.manager import _NullPluginManager
from kedro.io import DataCatalog
from kedro.pipeline.node import Node
from kedro.runner import Task
from rich.console import Console

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests
from iadbe.cells.ledger import Ledger
from iadbe.cells.stages import cause_of
from iadbe.cells.transfers import (
    expected_fingerprint,
    failed_transfer,
    is_complete,
    other_categories,
)
from iadbe.errors import DataError
from iadbe.reporting.formats import count
from iadbe.runner.pool import Pool
from iadbe.runner.prepare import INGEST, part_of


@dataclass
class TransferJob:
    """What a worker needs to test one cell elsewhere."""

    cell: Cell
    node: Node
    catalog: DataCatalog
    ledger: Ledger
    categories: list[str]

    @property
    def cell_id(self) -> str:
        """The cell's id."""
        return self.cell.id

    @property
    def log_file(self) -> Path:
        """Where everything that third parties print goes, and the traceback."""
        return self.ledger.folder(self.cell_id) / "transfer.log"

    def run(self) -> bool:
        """Run the node; what goes wrong leaves nulls with the cause, and the cell as it is."""
        try:
            Task(self.node, self.catalog, False, hook_manager=_NullPluginManager()).execute()  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and no other cell may suffer
            traceback.print_exception(error)
            self.fail(error)
            return False
        return True

    def fail(self, error: Exception) -> None:
        """Record why there is no transfer."""
        table = failed_transfer(self.cell, self.categories, cause_of(error))
        self.catalog.save(self.node.outputs[0], table)

    def made(self) -> pd.DataFrame:
        """The table as it stands; empty if there is none."""
        table: pd.DataFrame = self.catalog.load(self.node.outputs[0])
        return table


@dataclass
class PreparedTransfers:
    """Jobs to run, the number that are up to date, and why others cannot run."""

    jobs: list[TransferJob] = field(default_factory=list)
    fresh: int = 0
    problems: list[str] = field(default_factory=list)


def prepare_transfers(
    nodes: dict[str, Node], cells: dict[str, Cell], catalog: Any, unmade: dict[str, str]
) -> PreparedTransfers:
    """Sort transfers by what is to be done.

    Args:
        nodes: The node of each cell.
        cells: The cells by id.
        catalog: Kedro's catalog.
        unmade: Datasets that this run could not make, with the cause.

    Raises:
        DataError: If a dataset was never ingested.
    """
    ledger: Ledger = catalog.load("ledger")
    manifests = {name: _samples(name, catalog) for name in _datasets(cells) if name not in unmade}
    digests = {name: category_digests(samples) for name, samples in manifests.items()}
    prepared = PreparedTransfers()
    for cell_id, cell in cells.items():
        name = f"{cell.dataset}.samples"
        if name in unmade:
            prepared.problems.append(f"{cell_id}: {unmade[name]}")
            continue
        try:
            fingerprint = expected_fingerprint(cell, ledger, digests[name])
        except DataError as error:
            prepared.problems.append(str(error))
            continue
        others, node = other_categories(manifests[name], cell), nodes[cell_id]
        job = TransferJob(cell, node, part_of(catalog, [node]), ledger, others)
        if is_complete(job.made(), others, fingerprint):
            prepared.fresh += 1
        else:
            prepared.jobs.append(job)
    return prepared


def run_transfers(prepared: PreparedTransfers, pool: Pool, console: Console) -> list[str]:
    """Run what is not up to date, telling a line a cell.

    Returns:
        What went wrong, a line a cell.
    """
    told, total = list(prepared.problems), len(prepared.jobs)
    if prepared.fresh:
        console.print(f"{count(prepared.fresh, 'transfer is', 'transfers are')} up to date")
    for place, (job, death) in enumerate(pool.run(prepared.jobs), start=1):
        if death:
            job.fail(death)
        table = job.made()
        failed = table[table["fingerprint"].isna()]
        if len(failed):
            told.append(f"{job.cell_id}: transfer failed: {failed['reason'].iloc[0]}")
        style, line = (
            ("red", told[-1]) if len(failed) else (None, f"{job.cell_id}  {_values(table)}")
        )
        line = f"{line}  ({place}/{total})"
        console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)
    return told


def _values(table: pd.DataFrame) -> str:
    rows = table[["tested_on", "value"]].itertuples(index=False)
    values = (f"{name} {value:.3f}" if pd.notna(value) else f"{name} -" for name, value in rows)
    return "image_auroc on " + ", ".join(values)


def _datasets(cells: dict[str, Cell]) -> list[str]:
    return list(dict.fromkeys(f"{cell.dataset}.samples" for cell in cells.values()))


def _samples(name: str, catalog: Any) -> pd.DataFrame:
    if not catalog.exists(name):
        raise DataError(f"{name} is not there yet: {INGEST} first.")
    samples: pd.DataFrame = catalog.load(name)
    return samples

"""One cell in a process of its own: run what is not fresh, and keep the ledger."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kedro.framework.hooks.manager import _NullPluginManager
from kedro.io import DataCatalog
from kedro.pipeline.node import Node
from kedro.runner import Task

from iadbe.benchmark.cell import Cell
from iadbe.cells import stages
from iadbe.cells.fingerprint import STAGES_BEFORE, cell_fingerprints
from iadbe.cells.ledger import Entry, Ledger, is_fresh
from iadbe.cells.nodes import stage_of
from iadbe.errors import DataError


class Work(Protocol):
    """What a worker process can do for a cell."""

    @property
    def cell_id(self) -> str:
        """The cell's id."""

    @property
    def log_file(self) -> Path:
        """Where everything that third parties print goes."""

    def run(self) -> bool:
        """Do it, record the outcome, and say whether all went well; raises nothing."""


@dataclass
class Job:
    """What a worker needs to run one cell."""

    cell: Cell
    data: str
    nodes: Sequence[Node]
    catalog: DataCatalog
    ledger: Ledger
    expected: dict[str, str]

    @property
    def cell_id(self) -> str:
        """The cell's id."""
        return self.cell.id

    @property
    def log_file(self) -> Path:
        """Where everything that third parties print goes."""
        return self.ledger.folder(self.cell_id) / "cell.log"

    def run(self) -> bool:
        """See `run`, below."""
        return run(self)

    def is_stale(self, node: Node, entry: Entry | None) -> bool:
        """Whether the node has to run."""
        fresh = is_fresh(entry, stage_of(node), self.expected)
        return not (fresh and all(self.catalog.exists(name) for name in node.outputs))

    def todo(self) -> list[Node]:
        """The nodes that have to run, those after a stale one included."""
        entry = self.ledger.read(self.cell_id)
        stale: set[str] = set()
        for node in self.nodes:
            stage = stage_of(node)
            if self.is_stale(node, entry) or stale & set(STAGES_BEFORE.get(stage, ())):
                stale.add(stage)
        return [node for node in self.nodes if stage_of(node) in stale]


def work(job: Work) -> None:
    """Entry point of a worker process; its outcome is what `run` records and the exit code."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the parent, which ends this process
    threading.Thread(target=_die_with_parent, daemon=True).start()
    job.log_file.parent.mkdir(parents=True, exist_ok=True)
    _redirect_output(job.log_file)
    sys.exit(0 if job.run() else 1)


def run(job: Job) -> bool:
    """Run the nodes of a cell that are not fresh.

    Returns:
        Whether all went well; the ledger has the cause if not.
    """
    started, clock = stages.now(), time.perf_counter()
    entry = job.ledger.read(job.cell_id) or Entry("running")
    entry = Entry("running", stages=entry.stages, started_at=started)
    try:
        _require_unchanged(job)
        for node in job.todo():
            where = job.ledger, job.cell_id, entry, stage_of(node), job.expected
            stages.begin(*where)
            Task(node, job.catalog, False, hook_manager=_NullPluginManager()).execute()  # type: ignore[arg-type]
            stages.complete(*where)
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and no other cell may suffer
        stages.fail(job.ledger, job.cell_id, entry, error)
        return False
    entry.state, entry.finished_at = "finished", stages.now()
    entry.seconds = round(time.perf_counter() - clock, 3)
    job.ledger.write(job.cell_id, entry)
    return True


def _require_unchanged(job: Job) -> None:
    """What is loaded here must be what the parent fingerprinted."""
    if cell_fingerprints(job.cell, job.data) != job.expected:
        raise DataError(
            f"{job.cell_id}: code or weights changed while the benchmark ran: run it again."
        )


def _redirect_output(log_file: Path) -> None:
    """Send stdout and stderr, native code's too, to the cell's log."""
    descriptor = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)


def _die_with_parent() -> None:
    """End this process when the run that started it is gone, so that no orphan writes results."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

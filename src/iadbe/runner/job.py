"""One cell in a process of its own: run what is not fresh, and keep the ledger."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kedro.framework.hooks.manager import _NullPluginManager
from kedro.io import DataCatalog
from kedro.pipeline.node import Node
from kedro.runner import Task

from iadbe.cells.fingerprint import STAGES_BEFORE
from iadbe.cells.ledger import Entry, Ledger, is_fresh
from iadbe.errors import DataError, IadbeError


@dataclass
class Job:
    """What a worker needs to run one cell."""

    cell_id: str
    nodes: Sequence[Node]
    catalog: DataCatalog
    ledger: Ledger
    expected: dict[str, str]

    @property
    def log_file(self) -> Path:
        """Where everything that third parties print goes."""
        return self.ledger.folder(self.cell_id) / "cell.log"

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


def stage_of(node: Node) -> str:
    """`demo.padim.fabric.s0.fit` → `fit`."""
    return str(node.name).rsplit(".", maxsplit=1)[-1]


def work(job: Job) -> None:
    """Entry point of a worker process; its outcome is the ledger's entry and the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    threading.Thread(target=_die_with_parent, daemon=True).start()
    job.log_file.parent.mkdir(parents=True, exist_ok=True)
    _redirect_output(job.log_file)
    sys.exit(0 if run(job) else 1)


def run(job: Job) -> bool:
    """Run the nodes of a cell that are not fresh.

    Returns:
        Whether all went well; the ledger has the cause if not.
    """
    started, clock = _now(), time.perf_counter()
    entry = job.ledger.read(job.cell_id) or Entry("running")
    entry = Entry("running", stages=entry.stages, started_at=started)
    try:
        for node in job.todo():
            _require_fresh(job, entry, stage_of(node))
            _strike_out(entry, stage_of(node))
            job.ledger.write(job.cell_id, entry)
            Task(node, job.catalog, False, hook_manager=_NullPluginManager()).execute()  # type: ignore[arg-type]
            entry.stages[stage_of(node)] = job.expected[stage_of(node)]
            job.ledger.write(job.cell_id, entry)
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and no other cell may suffer
        fail(job.ledger, job.cell_id, entry, error)
        return False
    entry.state, entry.finished_at = "finished", _now()
    entry.seconds = round(time.perf_counter() - clock, 3)
    job.ledger.write(job.cell_id, entry)
    return True


def fail(ledger: Ledger, cell_id: str, entry: Entry, error: BaseException) -> None:
    """Enter a failure with its cause and the file that holds the traceback."""
    file = ledger.folder(cell_id) / "traceback.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(traceback.format_exception(error)), "utf-8")
    cause = _root_cause(error)
    text = str(cause) if isinstance(cause, IadbeError) else f"{type(cause).__name__}: {cause}"
    entry.state, entry.finished_at = "failed", _now()
    entry.cause, entry.traceback_file = " ".join(text.split()), str(file)
    ledger.write(cell_id, entry)


def _root_cause(error: BaseException) -> BaseException:
    """The error behind Kedro's own `DatasetError` wrapping."""
    from kedro.io import DatasetError

    while isinstance(error, DatasetError) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _require_fresh(job: Job, entry: Entry, stage: str) -> None:
    """Never build on what an earlier configuration, or an unfinished run, left behind."""
    for before in STAGES_BEFORE.get(stage, ()):
        if not is_fresh(entry, before, job.expected):
            pipeline = "training" if before == "fit" else "evaluation"
            raise DataError(
                f"{job.cell_id}: {stage} needs an up-to-date {before}: "
                f"run `kedro run --pipelines {pipeline}` first."
            )


def _strike_out(entry: Entry, stage: str) -> None:
    """Forget a stage and all that were built on it."""
    entry.stages.pop(stage, None)
    for later, before in STAGES_BEFORE.items():
        if stage in before:
            _strike_out(entry, later)


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


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

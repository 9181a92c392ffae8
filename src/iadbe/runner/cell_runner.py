"""The Kedro runner of the matrix: isolate every cell, redo only what is not fresh, never stop."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from typing import Any

import pandas as pd
from kedro.pipeline import Pipeline
from kedro.pipeline.node import Node
from kedro.runner import AbstractRunner, Task
from rich.console import Console

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.loader import current
from iadbe.cells.ledger import Entry, Ledger
from iadbe.cells.stages import cause_of, fail
from iadbe.errors import CellsFailedError, ConfigError
from iadbe.models.registry import load_plugin, validate_params
from iadbe.runner.findings import absent_among
from iadbe.runner.job import Job
from iadbe.runner.limits import Limits
from iadbe.runner.lock import run_lock
from iadbe.runner.plan import Plan
from iadbe.runner.pool import Pool
from iadbe.runner.prepare import Prepared, prepare
from iadbe.runner.progress import MatrixProgress
from iadbe.runner.transfers import prepare_transfers, run_transfers


class CellRunner(AbstractRunner):
    """Runs the cells of a benchmark, each in its own process, several at a time.

    Args:
        workers: Cells at a time; by default what `benchmark.yml` says.
        is_async: Accepted because Kedro passes it; cells are processes in any case.
    """

    def __init__(self, workers: int | None = None, is_async: bool = False) -> None:
        super().__init__(is_async=is_async)
        self._workers = workers
        self.console = Console()

    def _get_executor(self, max_workers: int) -> Executor | None:  # noqa: ARG002
        return None

    def _run(
        self,
        pipeline: Pipeline,
        catalog: Any,
        hook_manager: Any = None,
        run_id: str | None = None,
    ) -> None:
        plan = Plan.of(pipeline)
        cells = {cell_id: _cell(cell_id, catalog) for cell_id in plan.cells}
        _check_parameters(list(cells.values()))
        with run_lock(catalog):
            errors, unmade = self._run_before(plan.before, catalog, hook_manager, run_id)
            if len(errors) == 1 and not cells and not plan.transfers:
                raise errors[0]
            problems = [cause_of(error) for error in errors]
            problems += absent_among(_wanting(plan, cells, unmade), catalog)
            if cells:
                prepared = prepare(plan, cells, catalog, unmade)
                problems += self._run_cells(prepared, cells, catalog.load("ledger"))
            if plan.transfers:
                problems += self._run_transfers(plan, catalog, unmade)
            try:
                for node in plan.after:
                    Task(node, catalog, False, hook_manager=hook_manager, run_id=run_id).execute()
            except Exception as error:
                if not problems:
                    raise
                problems.append(cause_of(error))
        if problems:
            raise CellsFailedError("\n".join(problems))

    def _run_before(
        self, nodes: list[Node], catalog: Any, hooks: Any, run_id: str | None
    ) -> tuple[list[Exception], dict[str, str]]:
        """Run ingestion; return what went wrong, and the datasets not made with the cause."""
        errors: list[Exception] = []
        unmade: dict[str, str] = {}
        for node in nodes:
            missing = unmade.keys() & set(node.inputs)
            if missing:
                unmade |= dict.fromkeys(node.outputs, unmade[missing.pop()])
                continue
            try:
                Task(node, catalog, False, hook_manager=hooks, run_id=run_id).execute()
            except Exception as error:  # noqa: BLE001 - the other datasets' cells run all the same
                unmade |= dict.fromkeys(node.outputs, f"{node.name} failed: {cause_of(error)}")
                errors.append(error)
        return errors, unmade

    def _run_cells(self, prepared: Prepared, cells: dict[str, Cell], ledger: Ledger) -> list[str]:
        """Run what is not fresh; return one line a cell that failed or was skipped."""
        if prepared.fresh:
            self.console.print(f"{len(prepared.fresh)} of {len(cells)} cells are up to date")
        pool = self._pool(cells[job.cell_id] for job in prepared.jobs)
        bad: list[str] = []
        with MatrixProgress(len(prepared.jobs) + len(prepared.lost), self.console) as progress:
            for cell_ids in _by_cause(prepared.lost, ledger):
                entry = _entry(ledger, cell_ids[0])
                progress.lost(cell_ids, entry)
                # What kept a cell from running is reported already, where it happened.
                bad += cell_ids[:1] if entry.state == "failed" else []
            for job, death in pool.run(prepared.jobs):
                entry = _entry(ledger, job.cell_id)
                if death or entry.state == "running":
                    lost = death or ChildProcessError("the worker vanished")
                    fail(ledger, job.cell_id, entry, lost)
                    entry = _entry(ledger, job.cell_id)
                drawn = job.cell_id in prepared.drawn
                progress.finished(job.cell_id, entry, _metrics(job, entry), drawn=drawn)
                bad += [job.cell_id] if entry.state == "failed" else []
        return [f"{cell_id}: {_entry(ledger, cell_id).cause}" for cell_id in bad]

    def _run_transfers(self, plan: Plan, catalog: Any, unmade: dict[str, str]) -> list[str]:
        """Test finished cells on other categories; return one line a cell that could not be."""
        cells = {cell_id: _cell(cell_id, catalog) for cell_id in plan.transfers}
        prepared = prepare_transfers(plan.transfers, cells, catalog, unmade)
        pool = self._pool(job.cell for job in prepared.jobs)
        return run_transfers(prepared, pool, self.console)

    def _pool(self, cells: Iterable[Cell]) -> Pool:
        spec = current().spec
        limits = Limits(spec.memory_limit_gb, spec.time_limit_minutes)
        return Pool(self._workers or spec.workers, _preload(cells), limits)


def _cell(cell_id: str, catalog: Any) -> Cell:
    return Cell.model_validate(catalog.load(f"params:{cell_id}.cell"))


def _wanting(plan: Plan, cells: dict[str, Cell], unmade: dict[str, str]) -> list[Cell]:
    """The cells that this run is for: its own, or of ingestion alone those that are selected."""
    made = {name for node in plan.before for name in node.outputs}
    wanting = cells.values() or [c for c in current().selected if f"{c.dataset}.samples" in made]
    return [cell for cell in wanting if f"{cell.dataset}.samples" not in unmade]


def _entry(ledger: Ledger, cell_id: str) -> Entry:
    return ledger.read(cell_id) or Entry("running")


def _by_cause(cell_ids: list[str], ledger: Ledger) -> list[list[str]]:
    """Cells that share a cause, so that it is told once, not once a cell."""
    groups: dict[str | None, list[str]] = {}
    for cell_id in cell_ids:
        groups.setdefault(_entry(ledger, cell_id).cause, []).append(cell_id)
    return list(groups.values())


def _metrics(job: Job, entry: Entry) -> pd.DataFrame | None:
    name = f"{job.cell_id}.metrics"
    if entry.state != "finished":
        return None
    return job.catalog.load(name) if name in job.catalog.keys() else None  # noqa: SIM118


def _preload(cells: Iterable[Cell]) -> list[str]:
    plugins = {cell.plugin for cell in cells}
    return [module for name in plugins for module in getattr(load_plugin(name), "preload", ())]


def _check_parameters(cells: list[Cell]) -> None:
    """Find a mistyped parameter before anything runs; a broken plugin only fails its own cells.

    Raises:
        ConfigError: If a plugin refuses the parameters of a model.
    """
    for cell in {cell.model: cell for cell in cells}.values():
        try:
            validate_params(load_plugin(cell.plugin), cell.params, cell.model)
        except ConfigError:
            raise
        except Exception:  # noqa: BLE001, S112 - told where its cells are prepared
            continue

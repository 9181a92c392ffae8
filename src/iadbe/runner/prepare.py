"""Decide which cells have to run, and pack what each of them needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kedro.io import DataCatalog
from kedro.pipeline.node import Node

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests, cell_fingerprints
from iadbe.cells.ledger import Entry, Ledger
from iadbe.cells.stages import fail
from iadbe.errors import DataError
from iadbe.pipelines.ingestion.nodes import Ingest, is_held_out
from iadbe.runner.findings import absent_categories, drawn_categories
from iadbe.runner.job import Job
from iadbe.runner.plan import Plan

INGEST = "run `kedro run --pipelines ingestion`"


@dataclass
class Prepared:
    """Jobs to run, ids of cells that are fresh, and ids of cells that cannot run.

    `drawn` holds the ids of cells that are tested on synthetic anomalies.
    """

    jobs: list[Job] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)


def prepare(plan: Plan, cells: dict[str, Cell], catalog: Any, unmade: dict[str, str]) -> Prepared:
    """Compare every cell with its ledger.

    Args:
        plan: The nodes by cell.
        cells: The cells by id.
        catalog: Kedro's catalog.
        unmade: Datasets that this run could not make, with the cause.

    Raises:
        DataError: If a dataset was never ingested.
    """
    ledger: Ledger = catalog.load("ledger")
    datasets = {cell.dataset for cell in cells.values()}
    digests = _digests(datasets, catalog, unmade)
    absent = {name: absent_categories(name, catalog) for name in digests}
    drawn = {(name, kind) for name in digests for kind in drawn_categories(name, catalog)}
    prepared = Prepared(drawn={c.id for c in cells.values() if (c.dataset, c.category) in drawn})
    for cell_id, cell in cells.items():
        unmade_for = unmade.get(f"{cell.dataset}.samples")
        if cause := unmade_for or absent[cell.dataset].get(cell.category):
            _skip(ledger, cell_id, cause)
            prepared.lost.append(cell_id)
            continue
        data = digests[cell.dataset].get(cell.category)
        if data is None:
            raise DataError(
                f"{cell.dataset} was ingested without the category {cell.category}: {INGEST} first."
            )
        try:
            expected = cell_fingerprints(cell, data)
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything here
            fail(ledger, cell_id, ledger.read(cell_id) or Entry("failed"), error)
            prepared.lost.append(cell_id)
            continue
        nodes = plan.cells[cell_id]
        _sort(prepared, Job(cell, data, nodes, part_of(catalog, nodes), ledger, expected))
    return prepared


def _sort(prepared: Prepared, job: Job) -> None:
    """Put a job where it belongs; a fresh cell that was last skipped or failed stands again."""
    if job.todo():
        prepared.jobs.append(job)
        return
    entry = job.ledger.read(job.cell_id)
    if entry is not None and entry.state != "finished":
        entry.state, entry.cause, entry.traceback_file = "finished", None, None
        job.ledger.write(job.cell_id, entry)
    prepared.fresh.append(job.cell_id)


def _digests(datasets: set[str], catalog: Any, unmade: dict[str, str]) -> dict[str, dict[str, str]]:
    digests = {}
    for dataset in sorted(datasets):
        name = f"{dataset}.samples"
        if name in unmade:
            continue
        if not catalog.exists(name):
            raise DataError(f"{name} is not there yet: {INGEST} first.")
        samples = catalog.load(name)
        ingest = Ingest.model_validate(catalog.load(f"params:{dataset}.ingest"))
        if not is_held_out(samples, ingest.validation):
            raise DataError(f"`validation` changed since {dataset} was ingested: {INGEST} first.")
        digests[dataset] = category_digests(samples)
    return digests


def _skip(ledger: Ledger, cell_id: str, cause: str) -> None:
    """Record why a cell did not run; what was computed before stays."""
    entry = ledger.read(cell_id) or Entry("skipped")
    entry.state, entry.cause, entry.traceback_file = "skipped", " ".join(cause.split()), None
    ledger.write(cell_id, entry)


def part_of(catalog: Any, nodes: list[Node]) -> DataCatalog:
    """A plain catalog of just what the nodes use: the session's own cannot be pickled."""
    names = {name for node in nodes for name in (*node.inputs, *node.outputs)}
    part = DataCatalog(datasets={name: catalog.get(name) for name in sorted(names)})
    # No public way to hand validators over; they are plain specs and pickle well.
    part._validator_specs = {
        name: spec for name, spec in catalog.validator_specs.items() if name in names
    }
    return part

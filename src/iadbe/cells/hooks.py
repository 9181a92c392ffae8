"""Keep the ledger true when a runner other than ours runs a cell's nodes.

Kedro's own runners know nothing of it: without these hooks they would replace a cell's files
under entries that speak of the former ones. Our runner keeps the ledger itself and calls no hooks
for the nodes of cells, which run in processes of their own.
"""

from __future__ import annotations

from typing import Any

from kedro.framework.hooks import hook_impl
from kedro.pipeline.node import Node

from iadbe.benchmark.cell import Cell
from iadbe.cells import stages
from iadbe.cells.fingerprint import STAGES_BEFORE, category_digests, cell_fingerprints
from iadbe.cells.ledger import Entry, Ledger
from iadbe.cells.nodes import is_cell_node, stage_of


class LedgerHooks:
    """Strikes out a stage before its node runs, and enters it when its last output is saved."""

    def __init__(self) -> None:
        self._expected: dict[str, dict[str, str]] = {}
        self._ledger: Ledger | None = None

    @hook_impl
    def before_node_run(self, node: Node, catalog: Any, inputs: dict[str, Any]) -> None:
        """Strike out."""
        if not is_cell_node(node):
            return
        cell = Cell.model_validate(inputs[f"params:{node.namespace}.cell"])
        digests = category_digests(catalog.load(f"{cell.dataset}.samples"))
        self._expected[cell.id] = cell_fingerprints(cell, digests.get(cell.category, ""))
        self._ledger = catalog.load("ledger")
        entry = self._entry(cell.id)
        entry.state, entry.started_at = "running", entry.started_at or stages.now()
        stages.begin(self._ledger, cell.id, entry, stage_of(node), self._expected[cell.id])

    @hook_impl
    def after_dataset_saved(self, dataset_name: str, node: Node) -> None:
        """Enter, once all of the node's outputs are saved."""
        if self._ledger is None or not is_cell_node(node) or dataset_name != node.outputs[-1]:
            return
        cell_id = str(node.namespace)
        entry = self._entry(cell_id)
        if entry.stages.keys() | {stage_of(node)} >= STAGES_BEFORE.keys():
            entry.state, entry.finished_at = "finished", stages.now()
        stages.complete(self._ledger, cell_id, entry, stage_of(node), self._expected[cell_id])

    @hook_impl
    def on_node_error(self, error: Exception, node: Node) -> None:
        """Enter the failure."""
        if self._ledger is not None and is_cell_node(node):
            cell_id = str(node.namespace)
            stages.fail(self._ledger, cell_id, self._entry(cell_id), error)

    def _entry(self, cell_id: str) -> Entry:
        known = self._ledger.read(cell_id) if self._ledger else None
        return known or Entry("running")

"""Split a pipeline into what comes before the cells, the cells, and what comes after."""

from __future__ import annotations

from dataclasses import dataclass, field

from kedro.pipeline import Pipeline
from kedro.pipeline.node import Node

from iadbe.cells.nodes import is_cell_node, is_transfer_node

LEDGER = "ledger"
"""Catalog name of the ledger, which is final when all cells have run."""


@dataclass
class Plan:
    """Nodes in topological order; `cells` maps a cell's id to its nodes.

    `transfers` maps it to the node that tests the finished cell on other categories.
    """

    before: list[Node] = field(default_factory=list)
    cells: dict[str, list[Node]] = field(default_factory=dict)
    transfers: dict[str, Node] = field(default_factory=dict)
    after: list[Node] = field(default_factory=list)

    @classmethod
    def of(cls, pipeline: Pipeline) -> Plan:
        """Sort the nodes; `after` is all that needs, however indirectly, a cell or the ledger."""
        plan, made_late = cls(), {LEDGER}
        for node in pipeline.nodes:
            if is_cell_node(node):
                plan.cells.setdefault(str(node.namespace), []).append(node)
                made_late.update(node.outputs)
            elif is_transfer_node(node):
                plan.transfers[str(node.namespace)] = node
                made_late.update(node.outputs)
            elif made_late & set(node.inputs):
                plan.after.append(node)
                made_late.update(node.outputs)
            else:
                plan.before.append(node)
        return plan

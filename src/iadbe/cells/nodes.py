"""Which nodes of a pipeline are a cell's, and which stage each of them is."""

from __future__ import annotations

from kedro.pipeline.node import Node

TRANSFER = "transfer"
"""Name of the node that tests a finished cell elsewhere: on it, but no stage of it."""


def is_cell_node(node: Node) -> bool:
    """A cell's nodes are those that take its `Cell` as a parameter of their namespace."""
    return _is_of_cell(node) and stage_of(node) != TRANSFER


def is_transfer_node(node: Node) -> bool:
    """Whether the node tests a cell's model on other categories."""
    return _is_of_cell(node) and stage_of(node) == TRANSFER


def stage_of(node: Node) -> str:
    """`demo.padim.fabric.s0.fit` → `fit`."""
    return str(node.name).rsplit(".", maxsplit=1)[-1]


def _is_of_cell(node: Node) -> bool:
    return f"params:{node.namespace}.cell" in node.inputs

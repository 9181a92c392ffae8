"""Which nodes of a pipeline are a cell's, and which stage each of them is."""

from __future__ import annotations

from kedro.pipeline.node import Node


def is_cell_node(node: Node) -> bool:
    """A cell's nodes are those that take its `Cell` as a parameter of their namespace."""
    return f"params:{node.namespace}.cell" in node.inputs


def stage_of(node: Node) -> str:
    """`demo.padim.fabric.s0.fit` → `fit`."""
    return str(node.name).rsplit(".", maxsplit=1)[-1]

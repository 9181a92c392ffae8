"""The gate over the finished cells of a matrix: which of them are no results, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from iadbe.gate.evidence import Evidence
from iadbe.gate.repeats import repeated
from iadbe.gate.rules import reasons


class Named(Protocol):
    """A cell: one of a benchmark, or of imported logs."""

    @property
    def dataset(self) -> str:
        """Its dataset."""

    @property
    def model(self) -> str:
        """Its model."""

    @property
    def category(self) -> str:
        """Its category."""

    @property
    def seed(self) -> int:
        """Its seed."""

    @property
    def id(self) -> str:
        """Its dotted id."""


class HasEvidence(Protocol):
    """Where the evidence on a cell comes from: the ledger."""

    def evidence(self, cell_id: str) -> Evidence:
        """The run record of a finished cell, and its metric values."""


def degenerate(finished: Iterable[Named], ledger: HasEvidence) -> dict[str, str]:
    """Judge finished cells, each alone and then across the categories of a model and seed.

    Returns:
        Ids of the cells that are no results, each with all its reasons in one line.
    """
    groups: dict[tuple[str, str, int], dict[str, tuple[str, Evidence]]] = {}
    for cell in finished:
        group = groups.setdefault((cell.dataset, cell.model, cell.seed), {})
        group[cell.category] = (cell.id, ledger.evidence(cell.id))
    causes: dict[str, str] = {}
    for group in groups.values():
        causes |= _causes(group)
    return causes


def _causes(group: Mapping[str, tuple[str, Evidence]]) -> dict[str, str]:
    """Of the categories of one dataset, model and seed."""
    across = repeated({category: evidence for category, (_, evidence) in group.items()})
    found = {
        cell_id: [*reasons(evidence), *([across[category]] if category in across else [])]
        for category, (cell_id, evidence) in group.items()
    }
    return {cell_id: "; ".join(texts) for cell_id, texts in found.items() if texts}

"""Which cell a logged run is a run of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from iadbe.auditing.reading.logged import LoggedRun

Key = tuple[str, str, str]
"""Dataset, model, category."""


class ImportedCell(NamedTuple):
    """A run with the cell it belongs to.

    `seed` counts the runs of a cell in the order of the logs: they name no seed. `failures` counts
    those that gave no result.
    """

    dataset: str
    model: str
    category: str
    seed: int
    run: LoggedRun
    failures: int

    @property
    def id(self) -> str:
        """The dotted id."""
        return f"{self.dataset}.{self.model}.{self.category}.s{self.seed}"

    @property
    def row(self) -> dict[str, str | int]:
        """The columns that name this cell in every table."""
        return {key: getattr(self, key) for key in ("dataset", "model", "category", "seed")}


def cells_of(runs: Iterable[LoggedRun]) -> list[ImportedCell]:
    """A cell a run with a result, and one for those that never gave any."""
    groups: dict[Key, list[LoggedRun]] = {}
    for run in runs:
        groups.setdefault((run.dataset, model_of(run), run.category), []).append(run)
    cells = []
    for key, own in groups.items():
        results = [run for run in own if run.metrics]
        failures = len(own) - len(results)
        cells += [
            ImportedCell(*key, seed, run, failures) for seed, run in enumerate(results or own[-1:])
        ]
    return cells


def model_of(run: LoggedRun) -> str:
    """A model that learnt from another category than it is tested on is another model."""
    return f"{run.model}_from_{run.trained_on}" if run.trained_on else run.model

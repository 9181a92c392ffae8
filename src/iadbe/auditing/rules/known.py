"""What the logs say, by what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.reading.logged import Logged, LoggedRun
from iadbe.auditing.table import Key, Value

Logs = dict[Key, list[tuple[LoggedRun, Logged]]]


def logged_values(evidence: Evidence) -> Logs:
    """Results of runs that trained and tested on one category, which tables report."""
    return _by_key(run for run in evidence.runs if run.trained_on is None)


def retested_values(evidence: Evidence) -> Logs:
    """Results of models that were loaded and tested on the category that they were trained on."""
    return _by_key(run for run in evidence.runs if run.trained_on == run.category)


def agrees(value: Value, number: Logged, halves: int = 1) -> bool:
    """Whether a cell is a logged number, rounded (`halves=1`) or within one decimal (2)."""
    fraction = value.fraction
    return fraction is not None and abs(fraction - number.value) <= halves * value.tolerance + 1e-7


def _by_key(runs: Iterable[LoggedRun]) -> Logs:
    values: Logs = {}
    for run in runs:
        for metric, number in run.metrics.items():
            key = (run.dataset, metric, run.model, run.category)
            values.setdefault(key, []).append((run, number))
    return values

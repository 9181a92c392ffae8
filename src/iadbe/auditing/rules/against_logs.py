"""Cells that differ from the logs, and logs that differ from each other."""

from __future__ import annotations

from collections.abc import Iterator

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.rules.known import Logs, agrees, logged_values, retested_values
from iadbe.auditing.rules.means import mistyped, shown
from iadbe.auditing.table import Key, Value

_METRIC, _MODEL, _CATEGORY = 1, 2, 3  # of a key
RETEST_TOLERANCE = 0.001
"""A model that is saved, loaded and tested again should give its numbers again."""


def cells_are_logged(evidence: Evidence) -> Iterator[Finding]:
    """A cell is the number that the log has, rounded."""
    logs = logged_values(evidence)
    for value in evidence.values():
        known = logs.get(value.key, [])
        if value.cell.value is None or not known:
            continue
        if any(agrees(value, number) for _, number in known):
            continue
        yield _differing(value, logs)


def retests_agree(evidence: Evidence) -> Iterator[Finding]:
    """A model tested again on what it was trained for gives the result of its training."""
    logs = logged_values(evidence)
    for key, retests in retested_values(evidence).items():
        for run, number in retests:
            _, metric, _, category = key
            first = [known for _, known in logs.get(key, [])]
            if not first or any(abs(k.value - number.value) < RETEST_TOLERANCE for k in first):
                continue
            message = f"{metric}: the model's own training log has {first[0].value:.4f}"
            yield Finding(
                "warning",
                "logs-disagree",
                str(run.file),
                number.line,
                "",
                run.model,
                category,
                f"{number.value:.4f}",
                message,
            )


def _differing(value: Value, logs: Logs) -> Finding:
    run, number = logs[value.key][0]
    percent = number.value / value.table.scale(value.column)
    source = f"{run.file.name}:{number.line} has {percent:.4f}"
    place = (value.row, value.column.label, value.cell.text)
    if agrees(value, number, halves=2):
        return value.table.finding("warning", "cell-rounded-wrongly", source, *place)
    why = _instead(value, logs) or mistyped(value.cell, shown(percent, value.cell))
    message = f"{source}; {why}" if why else source
    return value.table.finding("error", "cell-differs-from-log", message, *place)


def _instead(value: Value, logs: Logs) -> str:
    """The other metric, model or category whose logged number the cell has."""
    found = [
        different
        for key, entries in logs.items()
        if (different := _only_difference(key, value)) is not None
        and any(agrees(value, number) for _, number in entries)
    ]
    return f"it is what is logged for {' or '.join(found)}" if found else ""


def _only_difference(key: Key, value: Value) -> str | None:
    """What a key differs in from a cell's, if that is one thing and not the dataset.

    Zeros and ones are so common that only another metric of the same run explains them.
    """
    pairs = enumerate(zip(key, value.key, strict=True))
    different = [(place, part) for place, (part, own) in pairs if part != own]
    telling = (_METRIC,) if value.fraction in (0.0, 1.0) else (_METRIC, _MODEL, _CATEGORY)
    if len(different) != 1 or different[0][0] not in telling:
        return None
    return str(different[0][1])

"""The same number several times in a row, and the same row twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.reading.logged import Logged, LoggedRun
from iadbe.auditing.table import Row, Table, Value

REPEATS = 3
"""So often does a number repeat before it is suspicious, if it has two decimals or more."""
COMMON_FROM = 0.99
"""From here on many categories of a good model share a number."""
PLACEHOLDERS = 5
"""So many cells of a table, in three rows or more, may not share a number below `COMMON_FROM`."""
LEAST_RUNS = 10
"""So many runs have to agree before a metric is called constant."""
CHANCE = 0.5
"""AUROC of constant scores."""
EQUAL_CELLS = 3
"""Cells that two rows have to share, all of them, before one is taken for a copy."""


def constants_in_row(evidence: Evidence) -> Iterator[Finding]:
    """Different categories give different numbers."""
    for table in evidence.tables:
        for row in table.whole_rows():
            for values in _repeated(table.row_values(row, "category")):
                if message := _suspicion(values):
                    columns = ", ".join(value.column.label for value in values)
                    text = values[0].cell.text
                    yield table.finding(
                        "warning", "suspicious-constant", message, row, columns, text
                    )


def numbers_are_no_placeholders(evidence: Evidence) -> Iterator[Finding]:
    """A number that is all over a table stands for no result."""
    for table in evidence.tables:
        rows = table.whole_rows()
        values = [value for row in rows for value in table.row_values(row, "category")]
        for group in _repeated(values):
            labels = list(dict.fromkeys(value.row.label for value in group))
            few = len(group) < PLACEHOLDERS or len(labels) < REPEATS
            if few or not _is_precise(group[0]) or not 0 < (group[0].fraction or 0) < COMMON_FROM:
                continue
            message = f"{len(group)} times, in {', '.join(labels)}: a placeholder?"
            text = group[0].cell.text
            yield table.finding("warning", "suspicious-constant", message, value=text)


def rows_differ(evidence: Evidence) -> Iterator[Finding]:
    """No two models, datasets or metrics share all their numbers."""
    rows = [(table, row) for table in evidence.tables for row in table.whole_rows()]
    for (table, row), (other_table, other) in combinations(rows, 2):
        if _about(table, row) == _about(other_table, other):
            continue
        shared = _numbers(table, row)
        if len(shared) >= EQUAL_CELLS and shared == _numbers(other_table, other):
            where = other.label if table is other_table else f"{other.label} of {other_table.name}"
            message = f"all {len(shared)} numbers are those of {where}"
            yield table.finding("error", "row-copied", message, row)


def metrics_vary(evidence: Evidence) -> Iterator[Finding]:
    """A metric that is the same in every log measures nothing."""
    logged: dict[str, list[tuple[LoggedRun, Logged]]] = {}
    for run in evidence.runs:
        for metric, number in run.metrics.items():
            logged.setdefault(metric, []).append((run, number))
    for metric, found in logged.items():
        run, first = found[0]
        if len(found) >= LEAST_RUNS and {number.value for _, number in found} == {first.value}:
            message = f"{metric} is {first.value:g} in all {len(found)} runs that log it"
            place = (str(run.file), first.line, "", run.model, "", f"{first.value:g}")
            yield Finding("warning", "suspicious-constant", *place, message)


def _repeated(values: list[Value]) -> list[list[Value]]:
    groups: dict[float, list[Value]] = {}
    for value in values:
        if value.cell.value is not None:
            groups.setdefault(value.cell.value, []).append(value)
    return [group for group in groups.values() if len(group) > 1]


def _suspicion(values: list[Value]) -> str:
    """Why a repeated number is suspicious; empty if it is not."""
    number, count = values[0].fraction or 0.0, len(values)
    metric = values[0].column.metric or ""
    if number == 0:
        return ""  # a rule of its own
    if number == CHANCE and metric.endswith("auroc"):
        return f"{count} times chance level, as constant scores give it"
    if number >= COMMON_FROM:
        overlap = metric.endswith("_pro") and count >= REPEATS
        return f"{count} times: regions as large as the image?" if overlap else ""
    return f"the same {count} times" if _is_precise(values[0]) and count >= REPEATS else ""


def _is_precise(value: Value) -> bool:
    """Whether a cell has two decimals of a percentage, so that chance repeats few."""
    return value.tolerance < 0.0004


def _about(table: Table, row: Row) -> tuple[str | None, str | None, str]:
    metric = next((c.metric for c in table.columns if c.kind != "other"), None)
    return table.dataset, metric, row.model


def _numbers(table: Table, row: Row) -> list[float]:
    """Of the categories, without zeros and ones, which many share."""
    fractions = [value.fraction for value in table.row_values(row, "category")]
    return [number for number in fractions if number not in (None, 0.0, 1.0)]

"""Rows that a missing value has shifted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.rules.known import Logs, agrees, logged_values
from iadbe.auditing.rules.means import is_mean
from iadbe.auditing.table import Row, Table, Value

_LEAST = 2
"""Cells in a row that have to be a neighbour's before the row is called shifted."""


def rows_fit_header(evidence: Evidence) -> Iterator[Finding]:
    """A row has as many cells as the header."""
    for table in evidence.tables:
        for row in table.rows:
            if len(row.cells) != len(table.columns):
                yield _ragged(table, row)


def averages_stand_in_their_column(evidence: Evidence) -> Iterator[Finding]:
    """Where the average is missing, the last category is not the mean of those before it."""
    for table in evidence.tables:
        for row in table.whole_rows():
            cells = [value for value in table.row_values(row, "category") if not value.cell.missing]
            averages = table.row_values(row, "average")
            if not averages or not averages[0].cell.missing or len(cells) < 3:
                continue
            if is_mean(cells[-1].cell, [value.cell for value in cells[:-1]]):
                message = "is the mean of the values before it: the row is shifted to the left"
                place = (row, cells[-1].column.label, cells[-1].cell.text)
                yield table.finding("error", "row-shifted", message, *place)


def cells_stand_under_their_category(evidence: Evidence) -> Iterator[Finding]:
    """A run of cells is not what the logs have for the categories beside them."""
    logs = logged_values(evidence)
    for table in evidence.tables:
        for row in table.whole_rows():
            values = table.row_values(row, "category")
            for step, direction in ((1, "left"), (-1, "right")):
                moved = _moved(values, step, logs)
                if len(moved) >= _LEAST:
                    columns = ", ".join(value.column.label for value in moved)
                    message = (
                        f"hold what is logged for the category beside: shifted to the {direction}"
                    )
                    yield table.finding("error", "row-shifted", message, row, columns)


def _ragged(table: Table, row: Row) -> Finding:
    had, wanted = len(row.cells), len(table.columns)
    message = f"{had} cells under {wanted} columns"
    last = row.cells[-1] if row.cells else None
    if last and had < wanted and is_mean(last, row.cells[:-1]):
        message += "; the last one is the mean of the others: an average under a category"
    elif had < wanted:
        message += ": what stands after the missing one is shifted to the left"
    return table.finding("error", "row-shifted", message, row, "", last.text if last else "")


def _moved(values: list[Value], step: int, logs: Logs) -> list[Value]:
    """Cells that are not their own category's logged number but their neighbour's."""
    pairs = pairwise(values) if step == 1 else pairwise(reversed(values))
    return [
        value
        for value, neighbour in pairs
        if _is_logged(value, neighbour, logs) and not _is_logged(value, value, logs)
    ]


def _is_logged(value: Value, about: Value, logs: Logs) -> bool:
    return any(agrees(value, number) for _, number in logs.get(about.key, []))

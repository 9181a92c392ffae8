"""Averages that are not the mean of their row, or are the mean of fewer categories than others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from iadbe.auditing.cell import Cell
from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.rules.means import is_mean, mistyped, numbers, shown
from iadbe.auditing.table import Row, Table, Value


def average_is_mean(evidence: Evidence) -> Iterator[Finding]:
    """The average of a row is the mean of its categories, beyond rounding."""
    for table, row, average, cells in _averages(evidence):
        if average.cell.value is None or is_mean(average.cell, [value.cell for value in cells]):
            continue
        message = _wrong(table, row, average.cell, cells)
        label = average.column.label
        yield table.finding("error", "average-wrong", message, row, label, average.cell.text)


def average_covers_all(evidence: Evidence) -> Iterator[Finding]:
    """An average leaves out no category: over fewer, it cannot be compared with the others."""
    for table, row, average, cells in _averages(evidence):
        lacking = [value.column.label for value in cells if value.cell.value is None]
        if not lacking or average.cell.value is None or len(lacking) == len(cells):
            continue
        message = (
            f"over {len(cells) - len(lacking)} of {len(cells)} categories, without "
            f"{', '.join(lacking)}: not comparable with full averages"
        )
        label = average.column.label
        yield table.finding("warning", "average-of-fewer", message, row, label, average.cell.text)


def average_is_given(evidence: Evidence) -> Iterator[Finding]:
    """A row with all its results has an average."""
    for table, row, average, cells in _averages(evidence):
        if average.cell.missing and all(value.cell.value is not None for value in cells):
            mean = fmean(numbers([value.cell for value in cells]))
            message = f"missing, though all categories are given; their mean is {mean:.2f}"
            label = average.column.label
            yield table.finding("warning", "average-missing", message, row, label, "-")


def _averages(evidence: Evidence) -> Iterator[tuple[Table, Row, Value, list[Value]]]:
    """Each row that has categories and one average over them."""
    for table in evidence.tables:
        for row in table.whole_rows():
            cells, averages = table.row_values(row, "category"), table.row_values(row, "average")
            if cells and len(averages) == 1:
                yield table, row, averages[0], cells


def _wrong(table: Table, row: Row, average: Cell, cells: Sequence[Value]) -> str:
    """What the mean is, and what the printed number is instead, if that can be told."""
    present = [value for value in cells if value.cell.value is not None]
    if not present:
        return "an average of a row without any result"
    mean = shown(fmean(numbers([value.cell for value in present])), average)
    guesses = (_typed_wrong, _zeros, _leave_one_out, _of_another_row)
    found = (guess(table, row, average, present) for guess in guesses)
    why = next(filter(None, found), "")
    return f"the mean of its {len(present)} categories is {mean}" + (f"; {why}" if why else "")


def _typed_wrong(_table: Table, _row: Row, average: Cell, cells: Sequence[Value]) -> str:
    mean = fmean(numbers([value.cell for value in cells]))
    return mistyped(average, shown(mean, average))


def _zeros(_table: Table, _row: Row, average: Cell, cells: Sequence[Value]) -> str:
    """Whether what is missing was counted as 0."""
    row = cells[0].row
    total = len(cells[0].table.row_values(row, "category"))
    mean = sum(numbers([value.cell for value in cells])) / total
    counted = total > len(cells) and abs(mean - (average.value or 0.0)) <= average.unit
    return "it counts the missing ones as 0" if counted else ""


def _leave_one_out(_table: Table, _row: Row, average: Cell, cells: Sequence[Value]) -> str:
    fits = [
        out.column.label
        for out in cells
        if is_mean(average, [value.cell for value in cells if value is not out])
    ]
    return f"it would be the mean without {' or without '.join(fits)}" if fits else ""


def _of_another_row(table: Table, row: Row, average: Cell, _cells: Sequence[Value]) -> str:
    others = (other for other in table.whole_rows() if other is not row)
    fits = [
        other.label
        for other in others
        if is_mean(average, [value.cell for value in table.row_values(other, "category")])
    ]
    return f"it is the mean of {' or of '.join(fits)}" if fits else ""

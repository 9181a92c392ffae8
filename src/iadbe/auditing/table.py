"""A table of results: models in rows, categories and averages in columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

from iadbe.auditing.cell import Cell
from iadbe.auditing.finding import Finding, Severity

AVERAGE = "average"
"""Stands for the category of an average."""


class Column(NamedTuple):
    """A column: results of a category, averages, or something else (`other`)."""

    label: str
    category: str
    kind: Literal["category", "average", "other"]
    metric: str | None


class Row(NamedTuple):
    """A row; `cells` has one cell for each column, or is ragged."""

    label: str
    model: str
    line: int
    cells: tuple[Cell, ...]


Key = tuple[str | None, str | None, str, str]
"""Dataset, metric, model, category."""


class Value(NamedTuple):
    """A cell with what it is about."""

    table: Table
    row: Row
    column: Column
    cell: Cell

    @property
    def key(self) -> Key:
        """What the cell is about."""
        return (self.table.dataset, self.column.metric, self.row.model, self.column.category)

    @property
    def fraction(self) -> float | None:
        """The number in [0, 1]."""
        number = self.cell.value
        return None if number is None else number * self.table.scale(self.column)

    @property
    def tolerance(self) -> float:
        """Half of the last printed decimal, as a fraction."""
        return self.cell.unit * self.table.scale(self.column) / 2


@dataclass(frozen=True, eq=False)
class Table:
    """A table of results, understood."""

    file: Path
    line: int
    name: str
    dataset: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str
    bold_from: float | None
    transposed: bool
    """Printed with a column a model; findings name row and column as printed."""

    def whole_rows(self) -> Iterator[Row]:
        """Rows with as many cells as the header."""
        return (row for row in self.rows if len(row.cells) == len(self.columns))

    def row_values(self, row: Row, kind: str) -> list[Value]:
        """The cells of one kind of column, missing ones included."""
        pairs = zip(self.columns, row.cells, strict=False)
        return [Value(self, row, column, cell) for column, cell in pairs if column.kind == kind]

    def values(self) -> Iterator[Value]:
        """All cells of whole rows that hold results or averages."""
        for row in self.whole_rows():
            yield from self.row_values(row, "category")
            yield from self.row_values(row, "average")

    def scale(self, column: Column) -> float:
        """0.01 where the numbers of the column's metric are percent, else 1."""
        return 0.01 if column.metric in self._percent else 1.0

    def finding(  # noqa: PLR0913, PLR0917 - one a field of the finding
        self,
        severity: Severity,
        rule: str,
        message: str,
        row: Row | None = None,
        column: str = "",
        value: str = "",
    ) -> Finding:
        """A finding in this table."""
        names = (row.label if row else "", column)
        first, second = reversed(names) if self.transposed else names
        line = row.line if row else self.line
        return Finding(
            severity, rule, str(self.file), line, self.name, first, second, value, message
        )

    @cached_property
    def _percent(self) -> set[str | None]:
        """Metrics in percent: one cell beyond 1 does not make a percentage, a half of them does."""
        numbers: dict[str | None, list[float]] = {}
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=False):
                if column.kind != "other" and cell.value is not None:
                    numbers.setdefault(column.metric, []).append(cell.value)
        return {metric for metric, found in numbers.items() if median(found) > 1}

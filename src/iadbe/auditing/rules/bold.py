"""Bold that breaks its own rule: from some value on, or the best of its column or row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.table import Table, Value

LEVELS = tuple(number / 100 for number in (50, 60, 70, 75, 80, 85, 90, 95, 98, 99))
LEAST_BOLD = 3
"""So many cells have to be bold before a rule is inferred."""
BREACHES = 0.1
"""A rule that more of the bold cells, or as many others, break is none."""
Rule = Callable[[Value], bool]


def bold_keeps_its_rule(evidence: Evidence) -> Iterator[Finding]:
    """A cell is bold if the rule says so.

    The rule is the one that the file states (`bold marks values of at least 95`), else the one that
    the tables of a folder keep but for a few cells, else none.
    """
    for table in evidence.tables:
        if table.bold_from is not None:
            yield from _breaches([table], table.bold_from / 100, "as the file says")
    for tables in _folders(evidence.tables):
        level = _inferred([value for table in tables for value in _numbers(table)])
        if level is not None:
            yield from _breaches(tables, level, "as elsewhere in the folder's tables")


def _folders(tables: list[Table]) -> list[list[Table]]:
    """Tables without a stated rule in files that can be bold, by folder."""
    folders: dict[tuple[Path, str], list[Table]] = {}
    for table in tables:
        if table.bold_from is None and table.file.suffix != ".csv":
            key = (table.file.parent, table.file.suffix)
            folders.setdefault(key, []).append(table)
    return list(folders.values())


def _inferred(values: list[Value]) -> float | None:
    """The level from which on cells are bold; None if bold means something else."""
    bold = sum(value.cell.bold for value in values)
    if bold < LEAST_BOLD:
        return None
    best = min(LEVELS, key=lambda level: _count(values, level))
    return best if _count(values, best) <= BREACHES * bold else None


def _count(values: list[Value], level: float) -> int:
    return sum(value.cell.bold != _reaches(value, level) for value in values)


def _breaches(tables: list[Table], level: float, source: str) -> Iterator[Finding]:
    for table in tables:
        for value in _numbers(table):
            reaches = _reaches(value, level)
            if value.cell.bold == reaches:
                continue
            shown = f"{level / table.scale(value.column):g}"
            message = f"not bold at {shown} or more" if reaches else f"bold below {shown}"
            place = (value.row, value.column.label, value.cell.text)
            yield table.finding("warning", "bold-inconsistent", f"{message}, {source}", *place)


def _numbers(table: Table) -> list[Value]:
    return [value for value in table.values() if value.fraction is not None]


def _reaches(value: Value, level: float) -> bool:
    return value.fraction is not None and value.fraction >= level - 1e-9

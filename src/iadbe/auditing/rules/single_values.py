"""Numbers that cannot be, or that look like no result at all."""

from __future__ import annotations

from collections.abc import Iterator

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.rules.known import agrees, logged_values
from iadbe.auditing.table import Row, Table, Value


def values_are_possible(evidence: Evidence) -> Iterator[Finding]:
    """Every metric that is audited lies in [0, 1], or in [0, 100] percent."""
    for value in evidence.values():
        if value.fraction is None or 0 <= value.fraction <= 1:
            continue
        top = 1 if value.table.scale(value.column) == 1 else 100
        message = f"outside [0, {top}]"
        place = (value.row, value.column.label, value.cell.text)
        yield value.table.finding("error", "impossible-value", message, *place)


def zeros_are_results(evidence: Evidence) -> Iterator[Finding]:
    """A zero is a missing value shown as a number, unless a log has it; then it is degenerate."""
    logs = logged_values(evidence)
    for table in evidence.tables:
        for row in table.whole_rows():
            zeros = [v for v in table.row_values(row, "category") if v.cell.value == 0]
            logged = [v for v in zeros if any(agrees(v, n) for _, n in logs.get(v.key, []))]
            others = [v for v in zeros if v not in logged]
            if logged:
                yield _zero(table, row, logged, "logged so: a degenerate run, not a result")
            if others:
                yield _zero(table, row, others, "no log has it: a missing value shown as a number?")


def _zero(table: Table, row: Row, zeros: list[Value], message: str) -> Finding:
    columns = ", ".join(value.column.label for value in zeros)
    return table.finding("warning", "zero-as-result", message, row, columns, zeros[0].cell.text)

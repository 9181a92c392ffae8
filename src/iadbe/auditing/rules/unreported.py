"""Runs that were logged and never reported, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.reading.logged import LoggedRun
from iadbe.auditing.rules.known import Logs, agrees, logged_values
from iadbe.auditing.table import Row, Table, Value


def logs_are_reported(evidence: Evidence) -> Iterator[Finding]:
    """Every log's model has a row in some table of its dataset.

    A model that was tested on other categories than its own is looked for in vain: such a result
    belongs into a table that says so.
    """
    reported = {(table.dataset, row.model) for table in evidence.tables for row in table.rows}
    for runs in _by_log(evidence) if evidence.tables else []:
        first = runs[0]
        if first.trained_on is None and (first.dataset, first.model) in reported:
            continue
        how = f", trained on {first.trained_on}," if first.trained_on else ""
        message = f"{len(runs)} runs on {first.dataset}{how} are in no table"
        yield _of_run(first, "logged-not-reported", message)


def tables_have_all_models(evidence: Evidence) -> Iterator[Finding]:
    """A table of a dataset and metric has a row for every model with a logged result of it."""
    logged: dict[tuple[str | None, str | None], dict[str, LoggedRun]] = {}
    for (dataset, metric, model, _), entries in logged_values(evidence).items():
        logged.setdefault((dataset, metric), {})[model] = entries[0][0]
    for table in evidence.tables:
        metric = next((c.metric for c in table.columns if c.kind != "other"), None)
        there = {row.model for row in table.rows}
        for model, run in logged.get((table.dataset, metric), {}).items():
            if model not in there:
                message = f"{model} was logged ({run.file.name}) and has no row"
                yield table.finding("warning", "logged-not-reported", message, value=model)


def logged_results_are_shown(evidence: Evidence) -> Iterator[Finding]:
    """A cell is not missing where a log has the number; a category that was logged has a column."""
    logs = logged_values(evidence)
    for table in evidence.tables:
        for row in table.whole_rows():
            yield from _hidden(table, row, logs)
            yield from _left_out(table, row, logs)


def rows_are_their_model(evidence: Evidence) -> Iterator[Finding]:
    """A row without logged results of its own model does not hold those of another."""
    logs = logged_values(evidence)
    models = {(dataset, metric, model) for dataset, metric, model, _ in logs}
    for table in evidence.tables:
        for row in table.whole_rows():
            cells = table.row_values(row, "category")
            given = [value for value in cells if value.cell.value is not None]
            if not given or given[0].key[:3] in models:
                continue
            others = {key[2] for key in logs if key[:2] == given[0].key[:2]}
            for other in sorted(others - {row.model}):
                if _all_logged(given, other, logs):
                    message = f"all {len(given)} numbers are what is logged for {other}"
                    yield table.finding("error", "row-of-another-model", message, row)


def _all_logged(given: list[Value], model: str, logs: Logs) -> bool:
    """Whether cells are the logged results of a model, one of them telling (neither 0 nor 1)."""
    keys = [(*value.key[:2], model, value.key[3]) for value in given]
    found = [
        any(agrees(value, number) for _, number in logs.get(key, []))
        for value, key in zip(given, keys, strict=True)
    ]
    return all(found) and any(value.fraction not in (0.0, 1.0) for value in given)


def shown_results_are_logged(evidence: Evidence) -> Iterator[Finding]:
    """Where there is a log of a model, it has every number that the table shows."""
    logs = logged_values(evidence)
    complete = {(dataset, model) for dataset, _, model, _ in logs}
    for table in evidence.tables:
        for row in table.whole_rows():
            if (table.dataset, row.model) not in complete:
                continue
            cells = table.row_values(row, "category")
            given = [value for value in cells if value.cell.value is not None]
            without = [value for value in given if value.key not in logs]
            if without:
                columns = ", ".join(value.column.label for value in without)
                text = ", ".join(value.cell.text for value in without)
                message = "in no log, though there is one of this model"
                yield table.finding("warning", "shown-not-logged", message, row, columns, text)


def runs_have_results(evidence: Evidence) -> Iterator[Finding]:
    """Every run that was begun ended with a result."""
    for run in evidence.runs:
        if not run.metrics:
            message = f"begun and without a result: {run.error or 'the log ends'}"
            yield _of_run(run, "run-failed", message, run.category)


def _hidden(table: Table, row: Row, logs: Logs) -> Iterator[Finding]:
    for value in table.row_values(row, "category"):
        if value.cell.missing and (entries := logs.get(value.key)):
            run, number = entries[0]
            percent = number.value / table.scale(value.column)
            message = f"missing, though {run.file.name}:{number.line} has {percent:.2f}"
            place = (row, value.column.label, value.cell.text)
            yield table.finding("warning", "logged-not-shown", message, *place)


def _left_out(table: Table, row: Row, logs: Logs) -> Iterator[Finding]:
    """Logged categories of a row without a column, in tables that have categories."""
    columns = [column for column in table.columns if column.kind == "category"]
    if not columns or not table.dataset:
        return
    metric, there = columns[0].metric, {column.category for column in columns}
    about = (table.dataset, metric, row.model)
    absent = [key[3] for key in logs if key[:3] == about and key[3] not in there]
    if absent:
        message = f"logged categories without a column: {', '.join(absent)}"
        yield table.finding("warning", "logged-not-shown", message, row)


def _by_log(evidence: Evidence) -> list[list[LoggedRun]]:
    groups: dict[tuple[object, ...], list[LoggedRun]] = {}
    for run in evidence.runs:
        groups.setdefault((run.file, run.dataset, run.model, run.trained_on), []).append(run)
    return list(groups.values())


def _of_run(run: LoggedRun, rule: str, message: str, category: str = "") -> Finding:
    return Finding("warning", rule, str(run.file), run.line, "", run.model, category, "", message)

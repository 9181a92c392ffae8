"""What one table says against what another says."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.table import AVERAGE, Key, Table, Value

HIGH_OVERLAP = 0.95
LOW_AUROC = 0.6


def tables_agree(evidence: Evidence) -> Iterator[Finding]:
    """The same result has the same number in every table, or is missing in all."""
    for values in _same(evidence):
        given = [value for value in values if value.cell.value is not None]
        missing = [value for value in values if value.cell.missing]
        if given:
            yield from _contradictions(given)
            yield from (_lacking(value, given[0]) for value in missing)


def rows_are_given_alike(evidence: Evidence) -> Iterator[Finding]:
    """A model that one table of a dataset and metric has is in all of them."""
    groups: dict[tuple[str | None, str | None], list[Table]] = {}
    for table in evidence.tables:
        metric = next((c.metric for c in table.columns if c.kind != "other"), None)
        if table.dataset and metric:
            groups.setdefault((table.dataset, metric), []).append(table)
    for tables in groups.values():
        labels = {row.model: (row.label, table) for table in tables for row in table.rows}
        for table in tables:
            for model in labels.keys() - {row.model for row in table.rows}:
                label, other = labels[model]
                message = f"{label} has no row, though {_place(other)} has one"
                yield table.finding("warning", "given-elsewhere", message, value=model)


def overlap_has_ranking(evidence: Evidence) -> Iterator[Finding]:
    """Nearly full overlap (PRO) goes with good pixel AUROC; without, all pixels were called."""
    auroc = {value.key: value for value in evidence.values()}
    for table in evidence.tables:
        for row in table.whole_rows():
            found = [
                value
                for value in table.row_values(row, "category")
                if value.column.metric == "pixel_pro"
                and (value.fraction or 0) >= HIGH_OVERLAP
                and (_pixel_auroc(value, auroc) or 1) < LOW_AUROC
            ]
            if found:
                columns = ", ".join(value.column.label for value in found)
                shown = ", ".join(f"{_pixel_auroc(value, auroc):.4f}" for value in found)
                message = f"full overlap with a pixel AUROC of {shown}: was every pixel called?"
                text = ", ".join(value.cell.text for value in found)
                yield table.finding("warning", "overlap-without-auroc", message, row, columns, text)


def _pixel_auroc(value: Value, known: dict[Key, Value]) -> float | None:
    dataset, _, model, category = value.key
    other = known.get((dataset, "pixel_auroc", model, category))
    return other.fraction if other else None


def _same(evidence: Evidence) -> list[list[Value]]:
    """Cells about the same result, where at least two tables have them."""
    groups: dict[Key, list[Value]] = {}
    for value in evidence.values():
        dataset, metric, model, category = value.key
        if dataset and metric:
            category = AVERAGE if category == dataset else category
            groups.setdefault((dataset, metric, model, category), []).append(value)
    return [values for values in groups.values() if len(values) > 1]


def _contradictions(given: list[Value]) -> Iterator[Finding]:
    """Those that differ from what most, or else the first, say."""
    middle = median(sorted(value.fraction or 0.0 for value in given))
    usual = min(given, key=lambda value: abs((value.fraction or 0.0) - middle))
    for value in given:
        distance = abs((value.fraction or 0.0) - (usual.fraction or 0.0))
        if distance > value.tolerance + usual.tolerance + 1e-9:
            message = f"{_place(usual.table)} has {usual.cell.text}"
            place = (value.row, value.column.label, value.cell.text)
            yield value.table.finding("error", "tables-disagree", message, *place)


def _lacking(value: Value, given: Value) -> Finding:
    message = f"missing, though {_place(given.table)} has {given.cell.text}"
    place = (value.row, value.column.label, value.cell.text)
    return value.table.finding("warning", "given-elsewhere", message, *place)


def _place(table: Table) -> str:
    return f"{table.file.name} ({table.name})"

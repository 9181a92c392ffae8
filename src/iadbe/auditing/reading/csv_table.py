"""CSV: a row a model, or tidy with a row a result.

Not through pandas: it refuses or pads rows that are longer or shorter than the header.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from iadbe.auditing.printed import Printed, PrintedRow

TIDY = frozenset({"model", "category", "metric", "value"})
_GROUPS = ("dataset", "metric", "seed", "source")


def read_csv(path: Path) -> list[Printed]:
    """The table of a file; of a tidy one (`model, category, metric, value`), a table a metric.

    A tidy table is divided by dataset, seed and source too, if it has such columns.
    """
    rows = _lines(path)
    if not rows:
        return []
    header = [cell.strip() for cell in rows[0].cells]
    if {label.lower() for label in header} >= TIDY:
        return _tidy(path, [label.lower() for label in header], rows[1:])
    return [Printed(path, rows[0].line, path.stem, "", header, rows[1:])]


def _lines(path: Path) -> list[PrintedRow]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = file.readline()
        file.seek(0)
        delimiter = max(",;\t", key=first.count)
        reader = csv.reader(file, delimiter=delimiter)
        return [PrintedRow(reader.line_num, cells) for cells in reader if any(cells)]


def _tidy(path: Path, header: list[str], rows: Iterable[PrintedRow]) -> list[Printed]:
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for row in rows:
        entry = dict(zip(header, row.cells, strict=False))
        title = " ".join(entry[name] for name in _GROUPS if entry.get(name))
        groups.setdefault(title, []).append((row.line, entry))
    return [_pivot(path, title, entries) for title, entries in groups.items()]


def _pivot(path: Path, title: str, entries: list[tuple[int, dict[str, str]]]) -> Printed:
    """A row a model, a column a category, in the order of the file."""
    categories = list(dict.fromkeys(entry["category"] for _, entry in entries))
    models: dict[str, tuple[int, dict[str, str]]] = {}
    for line, entry in entries:
        _, cells = models.setdefault(entry["model"], (line, {}))
        cells[entry["category"]] = entry["value"]
    rows = [
        PrintedRow(line, [model, *(cells.get(category, "") for category in categories)])
        for model, (line, cells) in models.items()
    ]
    return Printed(path, entries[0][0], title, "", ["model", *categories], rows)

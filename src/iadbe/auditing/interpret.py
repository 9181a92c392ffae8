"""From what is printed to a table of results, or to nothing if it is another kind of table."""

from __future__ import annotations

from iadbe.auditing import names
from iadbe.auditing.cell import parse_cell
from iadbe.auditing.printed import Printed, PrintedRow
from iadbe.auditing.table import AVERAGE, Column, Row, Table

MODEL_LABELS = ("model", "method")


def interpret(printed: Printed) -> Table | None:
    """Understand a table; None if it names neither a metric nor an average.

    Models are taken to be in the rows, unless more of the header's labels than of the rows' are
    names of models.
    """
    printed = _label_first(printed)
    transposed = _models_in_header(printed)
    turned = _transpose(printed) if transposed else printed
    columns = _columns(turned)
    if not any(column.kind != "other" for column in columns):
        return None
    return Table(
        file=printed.file,
        line=printed.line,
        name=printed.title,
        dataset=_dataset(printed),
        columns=columns,
        rows=_rows(turned),
        caption=printed.caption,
        bold_from=printed.bold_from,
        transposed=transposed,
    )


def _label_first(printed: Printed) -> Printed:
    """The column that is called `model` before ranks, datasets and whatever else precedes it."""
    labels = [names.slug(label) for label in printed.header]
    at = next((place for place, label in enumerate(labels) if label in MODEL_LABELS), 0)
    return printed._replace(
        header=_to_front(printed.header, at),
        rows=[row._replace(cells=_to_front(row.cells, at)) for row in printed.rows],
    )


def _to_front(cells: list[str], at: int) -> list[str]:
    return [*cells[at : at + 1], *cells[:at], *cells[at + 1 :]]


def _columns(printed: Printed) -> tuple[Column, ...]:
    """A column whose label names a metric holds averages over the dataset.

    Where one does, the others are something else (ranks, seconds); where none does, the metric is
    that of the table, and every column but the average is a category.
    """
    labels = [parse_cell(label).text for label in printed.header[1:]]
    found = [names.metrics_in(label) for label in labels]
    if any(found):
        return tuple(
            Column(label, AVERAGE, "average", metrics[0])
            if metrics
            else Column(label, "", "other", None)
            for label, metrics in zip(labels, found, strict=True)
        )
    metrics = names.metrics_in(printed.title) or names.metrics_in(printed.caption)
    of_results = bool(metrics) or any(map(names.is_average, labels))
    metric = next(iter(metrics), None)
    return tuple(_column(label, metric, of_results=of_results) for label in labels)


def _column(label: str, metric: str | None, *, of_results: bool) -> Column:
    if not of_results or not label or names.is_other(label):
        return Column(label, "", "other", None)
    if names.is_average(label):
        return Column(label, AVERAGE, "average", metric)
    return Column(label, names.category(label), "category", metric)


def _rows(printed: Printed) -> tuple[Row, ...]:
    """All rows; in CSV, programs leave out final zeros, so all cells count as the most precise."""
    rows = [_row(row) for row in printed.rows if row.cells]
    if printed.file.suffix == ".csv":
        most = max((cell.decimals for row in rows for cell in row.cells), default=0)
        rows = [_with_decimals(row, most) for row in rows]
    return tuple(rows)


def _with_decimals(row: Row, decimals: int) -> Row:
    return row._replace(cells=tuple(cell._replace(decimals=decimals) for cell in row.cells))


def _row(row: PrintedRow) -> Row:
    label = parse_cell(row.cells[0]).text
    cells = tuple(parse_cell(cell) for cell in row.cells[1:])
    return Row(label, names.model(label), row.line, cells)


def _dataset(printed: Printed) -> str | None:
    texts = (printed.title, printed.caption, printed.file.stem)
    return next(filter(None, map(names.known_dataset, texts)), None)


def _models_in_header(printed: Printed) -> bool:
    across = sum(names.is_known_model(parse_cell(label).text) for label in printed.header[1:])
    down = sum(
        names.is_known_model(parse_cell(row.cells[0]).text) for row in printed.rows if row.cells
    )
    return across > down


def _transpose(printed: Printed) -> Printed:
    """Rows and columns exchanged; cells that a row lacks are missing."""
    width = len(printed.header)
    rows = [[*row.cells, *[""] * width][:width] for row in printed.rows]
    columns = list(zip(printed.header, *rows, strict=True))
    line = printed.rows[0].line if printed.rows else printed.line
    header, *others = [list(column) for column in columns]
    return printed._replace(header=header, rows=[PrintedRow(line, other) for other in others])

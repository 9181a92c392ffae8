"""Trained on against tested on: whether a model of one product is of use for another."""

from __future__ import annotations

import plotly.graph_objects as go

from iadbe.reporting.figures.grid import INK, cells, holes, names
from iadbe.reporting.figures.style import blank_figure
from iadbe.reporting.formats import words
from iadbe.reporting.transfer_table import TransferTable


def transfer_map(table: TransferTable) -> go.Figure:
    """Image AUROC by the category trained on (row) and tested on (column).

    Framed cells are those of the benchmark itself, trained and tested on one category. What was
    not measured is hatched.
    """
    trained, tested = list(table.aurocs.index), list(table.aurocs.columns)
    values = table.aurocs.to_numpy(dtype=float)
    places = [
        [f"{table.model} trained on {words(one)}, tested on {words(other)}" for other in tested]
        for one in trained
    ]
    labels = [
        ["failed or undefined" if (one, other) in table.reasons else "missing" for other in tested]
        for one in trained
    ]
    figure = blank_figure(height=130 + 38 * len(trained))
    figure.add_trace(cells(values, places))
    figure.add_trace(holes(values, places, labels))
    axis = names([words(name) for name in tested])
    figure.update_xaxes(axis | {"side": "top", "title": "tested on"})
    axis = names([words(name) for name in trained])
    figure.update_yaxes(axis | {"autorange": "reversed", "title": "trained on"})
    figure.update_layout(
        margin={"l": 40, "t": 60, "b": 16},
        barmode="overlay",
        showlegend=False,
        shapes=[_frame(row, tested.index(name)) for row, name in enumerate(trained)],
    )
    return figure


def _frame(row: int, column: int) -> dict[str, object]:
    line = {"color": INK, "width": 2}
    ends = {"x0": column - 0.49, "x1": column + 0.49, "y0": row - 0.47, "y1": row + 0.47}
    return {"type": "rect", "line": line, **ends}

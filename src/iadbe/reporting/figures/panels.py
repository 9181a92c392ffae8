"""Small multiples: panels in a grid that the report's script folds on narrow screens."""

from __future__ import annotations

import math

import plotly.graph_objects as go

_PANEL_HEIGHT = 255
_GAP = 0.07
_ROW_GAP = 72
"""Pixels between rows, for a title and the ticks."""


def lay_out(figure: go.Figure, titles: list[str], columns: int, top: int, bottom: int) -> None:
    """Give a figure a grid of panels with titles; panel k (from 0) has axes `x{k+1}`, `y{k+1}`.

    `top` and `bottom` are the margins around the grid in pixels, for a legend and for titles.
    `layout.meta` keeps what `templates/report.js` needs to lay the panels out again.
    """
    columns = max(1, min(columns, len(titles)))
    rows = max(1, math.ceil(len(titles) / columns))
    figure.update_layout(
        height=rows * _PANEL_HEIGHT + top + bottom,
        margin={"l": 52, "r": 16, "t": top, "b": bottom},
        meta={"panels": len(titles), "columns": columns, "panelHeight": _PANEL_HEIGHT},
    )
    for place, title in enumerate(titles):
        name = axis(place)
        row, column = divmod(place, columns)
        figure.layout[f"xaxis{name}"] = {
            "domain": _span(column, columns, _GAP),
            "anchor": f"y{name}",
        }
        low, high = _span(row, rows, _ROW_GAP / (rows * _PANEL_HEIGHT))
        figure.layout[f"yaxis{name}"] = {"domain": [1 - high, 1 - low], "anchor": f"x{name}"}
        figure.add_annotation(
            text=f"<b>{title}</b>", showarrow=False, x=0, y=1, xanchor="left", yanchor="bottom",
            xref=f"x{name} domain", yref=f"y{name} domain", yshift=3,
        )  # fmt: skip


def axis(place: int) -> str:
    """The ending of a panel's axis names: nothing for the first, else its number."""
    return "" if place == 0 else str(place + 1)


def _span(index: int, count: int, gap: float) -> list[float]:
    """The share of the whole that part `index` of `count` takes, with gaps between."""
    size = (1 - gap * (count - 1)) / count
    low = index * (size + gap)
    return [low, min(1.0, low + size)]

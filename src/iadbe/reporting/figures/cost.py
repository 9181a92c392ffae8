"""Time against quality: what a model's AUROC costs to fit and to run."""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.labels import place_labels
from iadbe.reporting.figures.panels import axis, lay_out
from iadbe.reporting.figures.style import NEUTRAL, Style, blank_figure
from iadbe.reporting.formats import amount
from iadbe.reporting.means import mean

_LEAST = 1e-3
"""A logarithmic axis has no zero: a model that needs no time stands here."""


class _Time(NamedTuple):
    column: str
    title: str
    reading: str


_TIMES = (
    _Time("fit_seconds", "Seconds to fit", "s to fit"),
    _Time("latency_p50_ms", "Milliseconds an image", "ms an image"),
)


def cost(leaderboard: pd.DataFrame, styles: dict[str, Style]) -> go.Figure:
    """Mean image AUROC of one dataset against fit time and latency, one mark a model.

    Hollow marks are models with cells that are not done, whose means may be over fewer categories.

    Args:
        leaderboard: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
        styles: The look of each model.
    """
    figure = blank_figure(height=400)
    lay_out(figure, [time.title for time in _TIMES], columns=len(_TIMES), top=28, bottom=28)
    for place, time in enumerate(_TIMES):
        known = leaderboard.dropna(subset=["image_auroc", time.column])
        _draw_panel(figure, known, time, axis(place), styles)
    figure.update_layout(showlegend=False, yaxis_title="mean image AUROC")
    return figure


def _draw_panel(
    figure: go.Figure, board: pd.DataFrame, time: _Time, name: str, styles: dict[str, Style]
) -> None:
    """The marks of one panel, its axes and the names of the models."""
    xs = [math.log10(max(value, _LEAST)) for value in board[time.column]]
    ys = list(board["image_auroc"])
    x_range, y_range = _x_range(xs), _y_range(ys)
    for _, row in board.iterrows():
        figure.add_trace(_mark(row, time, styles[row["model"]], name))
    points = [(_share(x, x_range), _share(y, y_range)) for x, y in zip(xs, ys, strict=True)]
    offsets = place_labels(points, list(board["model"]))
    for model, x, y, offset in zip(board["model"], xs, ys, offsets, strict=True):
        figure.add_annotation(_label(model, (x, y), offset, name))
    figure.layout[f"xaxis{name}"].update(type="log", range=x_range, **_ticks(x_range))
    figure.layout[f"yaxis{name}"].update(range=y_range)


def _mark(row: pd.Series, time: _Time, style: Style, name: str) -> go.Scatter:
    hollow = "" if row["status"] == "done" else "-open"
    return go.Scatter(
        x=[max(row[time.column], _LEAST)],
        y=[row["image_auroc"]],
        xaxis=f"x{name}",
        yaxis=f"y{name}",
        mode="markers",
        name=row["model"],
        marker={"color": style.colour, "symbol": style.symbol + hollow, "size": 13},
        marker_line={"width": 2 if hollow else 0, "color": style.colour},
        hovertemplate=f"<b>{row['model']}</b><br>image AUROC {mean(row, 'image_auroc')}<br>"
        f"{amount(row[time.column])} {time.reading}<br>"
        f"{row['cells_done']} of {row['cells']} cells done<extra></extra>",
    )


def _label(
    model: str, point: tuple[float, float], offset: tuple[float, float], name: str
) -> dict[str, object]:
    """A model's name, with a thin line to its mark where it stands further away."""
    far = abs(offset[1]) > 20 or (offset[0] != 0 and offset[1] != 0)
    return {
        "text": model,
        "x": point[0],
        "y": point[1],
        "xref": f"x{name}",
        "yref": f"y{name}",
        "ax": offset[0],
        "ay": offset[1],
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": NEUTRAL if far else "rgba(0,0,0,0)",
        "standoff": 7,
    }


def _x_range(logarithms: list[float]) -> tuple[float, float]:
    low, high = min(logarithms, default=0.0), max(logarithms, default=1.0)
    room = 0.12 * (high - low) + 0.25
    return low - room, high + room


def _y_range(values: list[float]) -> tuple[float, float]:
    low = min(values, default=0.5)
    room = 0.14 * (1 - low) + 0.01
    return low - room, 1 + room


def _share(value: float, span: tuple[float, float]) -> float:
    return (value - span[0]) / (span[1] - span[0])


def _ticks(span: tuple[float, float]) -> dict[str, object]:
    """Powers of ten, with 2 and 5 times them where there is room."""
    digits = (1, 2, 5) if span[1] - span[0] < 2.2 else (1,)
    powers = range(math.floor(span[0]), math.ceil(span[1]) + 1)
    ticks = [digit * 10.0**power for power in powers for digit in digits]
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}

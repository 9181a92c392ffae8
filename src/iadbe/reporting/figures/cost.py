"""Time against quality: what a model's AUROC costs to fit and to run."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.labels import label, place_labels
from iadbe.reporting.figures.panels import axis, lay_out
from iadbe.reporting.figures.ranges import (
    LEAST,
    cost_range,
    cost_ticks,
    logarithm,
    quality_range,
    share,
)
from iadbe.reporting.figures.style import Style, blank_figure
from iadbe.reporting.formats import amount
from iadbe.reporting.means import mean


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
    xs = [logarithm(value) for value in board[time.column]]
    ys = list(board["image_auroc"])
    x_range, y_range = cost_range(xs), quality_range(ys)
    for _, row in board.iterrows():
        figure.add_trace(_mark(row, time, styles[row["model"]], name))
    points = [(share(x, x_range), share(y, y_range)) for x, y in zip(xs, ys, strict=True)]
    offsets = place_labels(points, list(board["model"]))
    for model, x, y, offset in zip(board["model"], xs, ys, offsets, strict=True):
        figure.add_annotation(label(model, (x, y), offset, name))
    figure.layout[f"xaxis{name}"].update(type="log", range=x_range, **cost_ticks(x_range))
    figure.layout[f"yaxis{name}"].update(range=y_range)


def _mark(row: pd.Series, time: _Time, style: Style, name: str) -> go.Scatter:
    hollow = "" if row["status"] == "done" else "-open"
    return go.Scatter(
        x=[max(row[time.column], LEAST)],
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

"""Training time against the number of training images: what a larger dataset will cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.ranges import LEAST, cost_range, cost_ticks, logarithm
from iadbe.reporting.figures.style import Style, blank_figure

_AROUND = 0.2
"""Decades of room at both ends of the axis of images."""


def time_against_size(
    points: pd.DataFrame, styles: Mapping[str, Style], first: Sequence[str]
) -> go.Figure:
    """Seconds to fit against images, both logarithmic: one trace a model, a mark a category.

    Args:
        points: Of `iadbe.reporting.views.training_times.seconds_against_images`.
        styles: The look of each model.
        first: Those that are shown; `templates/compare.js` chooses others.
    """
    figure = blank_figure(height=460)
    for model, rows in points.groupby("model"):
        marks = _marks(str(model), rows, styles[str(model)])
        figure.add_trace(marks.update(visible=model in first))
    seconds = cost_range([logarithm(value) for value in points["seconds"]])
    images = [math.log10(value) for value in points["images"]]
    span = (min(images) - _AROUND, max(images) + _AROUND)
    figure.update_yaxes(title="seconds to fit", type="log", range=seconds)
    figure.update_yaxes(cost_ticks(seconds))
    figure.update_xaxes(title="training images", type="log", range=span)
    figure.update_xaxes(cost_ticks(span))
    figure.update_layout(margin={"t": 64})
    return figure


def _marks(model: str, rows: pd.DataFrame, style: Style) -> go.Scatter:
    ordered = rows.sort_values("images")
    where = ordered["dataset"] + " " + ordered["category"]
    return go.Scatter(
        x=ordered["images"],
        y=ordered["seconds"].clip(lower=LEAST),
        mode="markers",
        name=model,
        marker={"color": style.colour, "symbol": style.symbol, "size": 9},
        text=where,
        hovertemplate=f"<b>{model}</b> on %{{text}}<br>%{{y:.3~g}} s with %{{x}} images"
        "<extra></extra>",
    )

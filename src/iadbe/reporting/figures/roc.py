"""ROC curves of image scores: what share of defects is found at what price in false alarms."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.panels import axis, lay_out
from iadbe.reporting.figures.style import NEUTRAL, Style, blank_figure
from iadbe.reporting.formats import words
from iadbe.reporting.results import only_done

_COLUMNS = 3


def roc_curves(curves: pd.DataFrame, runs: pd.DataFrame, styles: dict[str, Style]) -> go.Figure:
    """One panel a category of one dataset, one curve a model and seed; finished cells only.

    Args:
        curves: Points of curves (`iadbe.schemas.CurvesSchema`).
        runs: The cells of the dataset (`iadbe.schemas.RunsSchema`).
        styles: The look of each model.
    """
    categories = list(runs["category"].unique())
    points = only_done(curves[curves["curve"] == "roc"], runs)
    figure = blank_figure(height=400)
    lay_out(figure, [words(category) for category in categories], _COLUMNS, top=64, bottom=48)
    for place, category in enumerate(categories):
        figure.add_trace(_chance(axis(place)))
        for model, rows in points[points["category"] == category].groupby("model"):
            figure.add_trace(_curve(str(model), rows, styles[str(model)], axis(place)))
    figure.for_each_trace(_first_in_legend(set()))
    figure.update_xaxes(title="false alarm rate", range=[-0.02, 1.02], title_standoff=4)
    figure.update_yaxes(range=[-0.02, 1.03])
    figure.update_layout(yaxis_title="share of defects found")
    return figure


def _chance(axis_name: str) -> go.Scatter:
    return go.Scatter(
        x=[0, 1],
        y=[0, 1],
        xaxis=f"x{axis_name}",
        yaxis=f"y{axis_name}",
        mode="lines",
        name="chance",
        line={"color": NEUTRAL, "width": 1, "dash": "dot"},
        hoverinfo="skip",
        showlegend=False,
    )


def _curve(model: str, rows: pd.DataFrame, style: Style, axis_name: str) -> go.Scatter:
    """The curves of all seeds in one trace, with a gap between them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for _, seed in rows.groupby("seed"):
        xs += [*seed["x"], None]
        ys += [*seed["y"], None]
    return go.Scatter(
        x=xs,
        y=ys,
        xaxis=f"x{axis_name}",
        yaxis=f"y{axis_name}",
        mode="lines",
        name=model,
        legendgroup=model,
        line={"color": style.colour, "dash": style.dash, "width": 2},
        hovertemplate=f"{model}<br>%{{y:.1%}} found at %{{x:.1%}} false alarms<extra></extra>",
    )


def _first_in_legend(seen: set[str]) -> Callable[[go.Scatter], None]:
    """A function that shows a model in the legend once, however many panels it is in."""

    def show(trace: go.Scatter) -> None:
        if trace.legendgroup:
            trace.showlegend = trace.legendgroup not in seen
            seen.add(trace.legendgroup)

    return show

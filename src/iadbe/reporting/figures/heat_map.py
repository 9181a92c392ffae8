"""Models against categories: where each model is strong, weak or without a result."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.style import blank_figure
from iadbe.reporting.formats import words
from iadbe.reporting.results import worst

SCALE = [[0, "#f6ead0"], [0.45, "#d5e6ec"], [0.8, "#97c8e4"], [1, "#52a0d3"]]
INK = "#14202b"
"""Legible on the whole scale and on a hatched cell."""
_HATCHING = {
    "shape": "/",
    "size": 9,
    "solidity": 0.12,
    "fgcolor": "#9aa2ad",
    "fillmode": "overlay",
}
_TOO_MANY_FOR_TEXT = 20


def heat_map(leaderboard: pd.DataFrame, runs: pd.DataFrame) -> go.Figure:
    """Image AUROC of each model (row, best first) in each category (column) of one dataset.

    A category without a result is hatched and says its status.

    Args:
        leaderboard: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
        runs: The cells of the same dataset (`iadbe.schemas.RunsSchema`).
    """
    models, categories = list(leaderboard["model"]), list(runs["category"].unique())
    columns = [f"image_auroc.{category}" for category in categories]
    values = leaderboard[columns].to_numpy(dtype=float)
    figure = blank_figure(height=110 + 38 * len(models))
    figure.add_trace(_cells(values, models, categories))
    figure.add_trace(_holes(values, models, categories, runs))
    figure.update_xaxes(_names([words(category) for category in categories]) | {"side": "top"})
    figure.update_yaxes(_names(models) | {"autorange": "reversed"})
    figure.update_layout(margin={"l": 40, "t": 40, "b": 16}, barmode="overlay", showlegend=False)
    return figure


def _cells(values: np.ndarray, models: list[str], categories: list[str]) -> go.Heatmap:
    low = float(np.nanmin(values)) if np.isfinite(values).any() else 0.5
    many = len(categories) > _TOO_MANY_FOR_TEXT
    return go.Heatmap(
        z=values,
        customdata=[[f"{model} on {words(c)}" for c in categories] for model in models],
        zmin=min(0.5, low),
        zmax=1,
        colorscale=SCALE,
        texttemplate="" if many else "%{z:.3f}",
        textfont={"color": INK},
        hoverongaps=False,
        showscale=many,
        hovertemplate="%{customdata}<br>image AUROC %{z:.3f}<extra></extra>",
        xgap=2,
        ygap=2,
        colorbar={"title": "image AUROC", "thickness": 12, "outlinewidth": 0},
    )


def _holes(
    values: np.ndarray, models: list[str], categories: list[str], runs: pd.DataFrame
) -> go.Bar:
    """Hatched boxes over the cells without a value; a heat map itself cannot be hatched."""
    statuses = runs.groupby(["model", "category"])["status"].agg(worst)
    holes = [tuple(at) for at in np.argwhere(~np.isfinite(values))]
    reasons = [statuses.get((models[row], categories[column]), "missing") for row, column in holes]
    labels = ["undefined" if reason == "done" else reason for reason in reasons]
    return go.Bar(
        orientation="h",
        y=[row for row, _ in holes],
        base=[column - 0.49 for _, column in holes],
        x=[0.98] * len(holes),
        width=0.95,
        text=labels,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": INK},
        marker={
            "color": "#e3e6ea",
            "pattern": _HATCHING,
        },
        hovertemplate=[f"{models[r]} on {words(categories[c])}: " + label + "<extra></extra>"
                       for (r, c), label in zip(holes, labels, strict=True)],
    )  # fmt: skip


def _names(names: list[str]) -> dict[str, object]:
    """A numeric axis that shows names; bars and heat maps share it."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "range": [-0.5, len(names) - 0.5],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }

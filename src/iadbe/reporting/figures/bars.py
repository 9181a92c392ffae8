"""Bars a category: how far above chance each model stands."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.style import NEUTRAL, Style, blank_figure
from iadbe.reporting.formats import words

_CHANCE = 0.5
"""Image AUROC of a model that guesses."""


def category_bars(
    leaderboard: pd.DataFrame, runs: pd.DataFrame, styles: dict[str, Style]
) -> go.Figure:
    """Image AUROC a category and model of one dataset; bars start at chance, 0.5.

    Args:
        leaderboard: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
        runs: The cells of the same dataset (`iadbe.schemas.RunsSchema`).
        styles: The look of each model.
    """
    categories = list(runs["category"].unique())
    columns = [f"image_auroc.{category}" for category in categories]
    figure = blank_figure(height=340)
    for model, values in leaderboard.set_index("model")[columns].iterrows():
        figure.add_trace(_bars(str(model), categories, values, styles[str(model)]))
    figure.add_hline(y=_CHANCE, line={"color": NEUTRAL, "width": 1.5})
    low = float(leaderboard[columns].min().fillna(_CHANCE).min())
    figure.update_yaxes(title="image AUROC", range=[min(0.45, low - 0.03), 1.005])
    figure.update_xaxes(showgrid=False, automargin=True)
    figure.update_layout(barmode="group", bargap=0.2, margin={"t": 48, "b": 28})
    return figure


def _bars(model: str, categories: list[str], values: pd.Series, style: Style) -> go.Bar:
    supervised = style.symbol == "diamond"
    return go.Bar(
        name=model,
        x=[words(category) for category in categories],
        y=values - _CHANCE,
        base=_CHANCE,
        customdata=values,
        hovertemplate=f"{model}<br>%{{x}}: image AUROC %{{customdata:.3f}}<extra></extra>",
        marker={
            "color": style.colour,
            "pattern": {"shape": "/" if supervised else "", "solidity": 0.25},
        },
    )

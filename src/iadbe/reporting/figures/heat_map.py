"""Models against categories: where each model is strong, weak or without a result."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.grid import cells, holes, names
from iadbe.reporting.figures.style import blank_figure
from iadbe.reporting.formats import words
from iadbe.reporting.results import worst


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
    places = [[f"{model} on {words(category)}" for category in categories] for model in models]
    figure = blank_figure(height=110 + 38 * len(models))
    figure.add_trace(cells(values, places))
    figure.add_trace(holes(values, places, _labels(models, categories, runs)))
    figure.update_xaxes(names([words(category) for category in categories]) | {"side": "top"})
    figure.update_yaxes(names(models) | {"autorange": "reversed"})
    figure.update_layout(margin={"l": 40, "t": 40, "b": 16}, barmode="overlay", showlegend=False)
    return figure


def _labels(models: list[str], categories: list[str], runs: pd.DataFrame) -> list[list[str]]:
    """The status of each cell; one that is done and has no value is undefined."""
    statuses = runs.groupby(["model", "category"])["status"].agg(worst)
    found = [[statuses.get((model, name), "missing") for name in categories] for model in models]
    return [["undefined" if status == "done" else status for status in row] for row in found]

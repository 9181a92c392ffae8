"""The critical-difference diagrams of a benchmark: one a dataset, and one over all of them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.critical_difference import critical_difference
from iadbe.reporting.figures.style import model_styles
from iadbe.statistics.comparison import compare, only_supervised

METRIC = "image/auroc"
"""What ranks the leaderboard, and the diagrams with it."""


def draw_ranks(metrics: pd.DataFrame, runs: pd.DataFrame) -> dict[str, go.Figure]:
    """Draw the mean ranks of the models that saw no labelled defect, else of all.

    Args:
        metrics: Metric values of all datasets (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).

    Returns:
        Figures named `<dataset>.ranks`, and `ranks` over the categories of all datasets.
    """
    styles = model_styles(runs)
    parts = {f"{name}.ranks": rows for name, rows in runs.groupby("dataset", sort=False)}
    return {
        name: critical_difference(
            compare(metrics, rows, METRIC, supervised=only_supervised(rows)), styles
        )
        for name, rows in {**parts, "ranks": runs}.items()
    }

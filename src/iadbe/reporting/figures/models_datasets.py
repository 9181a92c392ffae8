"""Models against datasets: which model travels, and which only shines at home."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.grid import INK, SCALE
from iadbe.reporting.figures.style import blank_figure
from iadbe.reporting.formats import score
from iadbe.reporting.means import over
from iadbe.reporting.views.by_dataset import METRICS, metrics_there, wide


def models_datasets(leaderboard: pd.DataFrame) -> go.Figure:
    """The mean of a metric of each model (row) on each dataset (column); one trace a metric.

    The first metric is shown; `templates/compare.js` switches by the traces' names.

    Args:
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
    """
    shown = metrics_there(leaderboard)
    number = leaderboard["model"].nunique()
    figure = blank_figure(height=70 + 30 * number)
    for place, metric in enumerate(shown):
        figure.add_trace(_cells(leaderboard, metric, visible=place == 0))
    figure.update_xaxes(side="top", showgrid=False, automargin=True, type="category")
    figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True, type="category")
    width = 130 + 74 * leaderboard["dataset"].nunique()
    figure.update_layout(margin={"l": 40, "t": 40, "b": 16}, meta={"minWidth": width})
    return figure


def _cells(leaderboard: pd.DataFrame, metric: str, *, visible: bool) -> go.Heatmap:
    values = wide(leaderboard, metric)
    notes = {(r["model"], r["dataset"]): over(r, metric) for _, r in leaderboard.iterrows()}
    numbers = values.to_numpy(dtype=float)
    text = [
        [
            _text(value, notes.get((model, name), ""))
            for name, value in zip(values, row, strict=True)
        ]
        for model, row in zip(values.index, numbers, strict=True)
    ]
    low = float(np.nanmin(numbers)) if np.isfinite(numbers).any() else 0.5
    return go.Heatmap(
        z=numbers,
        x=[str(name) for name in values],
        y=[str(model) for model in values.index],
        name=metric,
        visible=visible,
        zmin=min(0.5, low),
        zmax=1,
        colorscale=SCALE,
        text=text,
        texttemplate="%{text}",
        textfont={"color": INK},
        hoverongaps=False,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate=f"%{{y}} on %{{x}}<br>{METRICS[metric]} %{{text}}<extra></extra>",
    )


def _text(value: float, note: str) -> str:
    """Nothing where there is no result: the letters are for the coloured boxes."""
    return "" if math.isnan(value) else f"{score(value)} {note}".strip()

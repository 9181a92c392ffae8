"""How large the saved models are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.ranges import LEAST, cost_range, cost_ticks, logarithm
from iadbe.reporting.figures.style import Style, blank_figure
from iadbe.reporting.formats import amount


def sizes(table: pd.DataFrame, styles: Mapping[str, Style]) -> go.Figure:
    """MB on disk, the smallest model on top; a line from the smallest to the largest cell.

    Args:
        table: Of `iadbe.reporting.views.model_sizes.model_sizes`.
        styles: The look of each model.
    """
    figure = blank_figure(height=76 + 26 * len(table))
    for _, row in table.iterrows():
        figure.add_trace(_mark(row, styles[row["model"]]))
    low, high = cost_range([logarithm(v) for key in ("least", "most") for v in table[key]])
    figure.update_xaxes(title="MB saved", type="log", range=[low, high + 0.15 * (high - low)])
    figure.update_xaxes(cost_ticks((low, high)))
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(table["model"])[::-1], automargin=True,
        type="category",
    )  # fmt: skip
    figure.update_layout(showlegend=False, margin={"t": 12, "b": 48})
    return figure


def _mark(row: pd.Series, style: Style) -> go.Scatter:
    least, most = max(row["least"], LEAST), max(row["most"], LEAST)
    return go.Scatter(
        x=[least, max(row["mean"], LEAST), most],
        y=[row["model"]] * 3,
        mode="lines+markers+text",
        name=row["model"],
        line={"color": style.colour, "width": 3},
        marker={"color": style.colour, "symbol": style.symbol, "size": [0, 12, 0]},
        text=["", "", f"  {amount(row['mean'])}"],
        textposition="middle right",
        cliponaxis=False,
        hovertemplate=f"<b>{row['model']}</b><br>{amount(row['mean'])} MB on average, "
        f"{amount(row['least'])} to {amount(row['most'])}<extra></extra>",
    )

"""How long the models train, dataset by dataset."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.ranges import LEAST, cost_range, cost_ticks, logarithm
from iadbe.reporting.figures.style import COLOURS, NEUTRAL, blank_figure
from iadbe.reporting.formats import amount

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "triangle-down")


def training_time(times: pd.DataFrame) -> go.Figure:
    """Seconds to train on all categories of a dataset, a line a model, a mark a dataset.

    A model whose time is not known for a category is hollow: its sum is too small.

    Args:
        times: Of `iadbe.reporting.views.training_times.training_times`.
    """
    order = times.groupby("model")["seconds"].mean().sort_values(kind="stable").index
    figure = blank_figure(height=110 + 26 * len(order))
    figure.add_trace(_span(times, list(order)))
    for place, dataset in enumerate(times["dataset"].unique()):
        own = times[times["dataset"] == dataset].set_index("model")
        figure.add_trace(
            _marks(str(dataset), own.reindex([m for m in order if m in own.index]), place)
        )
    span = cost_range([logarithm(value) for value in times["seconds"]])
    figure.update_xaxes(title="seconds, all categories", type="log", range=span)
    figure.update_xaxes(cost_ticks(span))
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(order)[::-1], automargin=True, type="category"
    )
    figure.update_xaxes(tickangle=0)
    figure.update_layout(margin={"t": 48, "b": 48}, meta={"minWidth": 460})
    return figure


def _span(times: pd.DataFrame, order: list[str]) -> go.Scatter:
    """A thin line a model, from its shortest to its longest."""
    ends = times.groupby("model")["seconds"].agg(["min", "max"]).clip(lower=LEAST)
    return go.Scatter(
        x=[x for model in order for x in (*ends.loc[model], None)],
        y=[y for model in order for y in (model, model, None)],
        mode="lines",
        line={"color": NEUTRAL, "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(dataset: str, rows: pd.DataFrame, place: int) -> go.Scatter:
    colour, symbol = COLOURS[place % len(COLOURS)], _SYMBOLS[place % len(_SYMBOLS)]
    whole = rows["known"] == rows["categories"]
    told = [
        f"<b>{model}</b> on {dataset}<br>{amount(row['seconds'])} s, "
        f"{row['known']} of {row['categories']} categories"
        for model, row in rows.iterrows()
    ]
    return go.Scatter(
        x=rows["seconds"].clip(lower=LEAST),
        y=list(rows.index),
        mode="markers",
        name=dataset,
        marker={
            "color": colour,
            "size": 11,
            "symbol": [symbol if full else f"{symbol}-open" for full in whole],
            "line": {"width": 1.5, "color": colour},
        },
        text=told,
        hovertemplate="%{text}<extra></extra>",
    )

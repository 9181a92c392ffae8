"""One look a model, everywhere; colours are Okabe and Ito's, safe for colour-blind readers.

Source: M. Okabe and K. Ito, Color Universal Design, 2008, https://jfly.uni-koeln.de/color/. Black
and yellow are left out: one vanishes on a dark page, the other on a white one.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_SYMBOLS = ("circle", "square", "triangle-up", "pentagon", "hexagon", "triangle-down")
_SUPERVISED = "diamond"
NEUTRAL = "#868e99"
"""A grey that is legible on white and on black."""


FIRST, MOST = 4, 6
"""Of many models, how many a figure shows at first, and at most: there are six colours."""


class Style(NamedTuple):
    """How a model is drawn."""

    colour: str
    dash: str
    symbol: str


def model_styles(runs: pd.DataFrame) -> dict[str, Style]:
    """A style for each model in `runs`, by alphabet, so that it survives a change of ranks.

    Beyond six models colours come again with another dash and symbol. Diamonds are supervised.
    """
    supervised = set(runs.loc[runs["supervision"] == "supervised", "model"])
    styles = {}
    for place, model in enumerate(sorted(runs["model"].unique())):
        turn, colour = divmod(place, len(COLOURS))
        symbol = _SUPERVISED if model in supervised else _SYMBOLS[turn % len(_SYMBOLS)]
        styles[model] = Style(COLOURS[colour], _DASHES[turn % len(_DASHES)], symbol)
    return styles


def blank_figure(height: int) -> go.Figure:
    """An empty, transparent figure whose ink the page sets for light and for dark."""
    layout = go.Layout(
        height=height,
        font={"family": "system-ui, -apple-system, 'Segoe UI', sans-serif", "size": 13},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 56, "r": 16, "t": 28, "b": 48},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container"},
        hoverlabel={"namelength": -1},
    )
    return go.Figure(layout=layout)

"""A few models over all that counts: who is round, and who is spiky."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.style import Style, blank_figure
from iadbe.reporting.views.radar_axes import Axis, Radar

_GRID = "rgba(134, 142, 153, .38)"


def radar(compared: Radar, styles: Mapping[str, Style], first: Sequence[str]) -> go.Figure:
    """One line a model, all of them in the figure; `compare.js` chooses which are shown.

    Args:
        compared: Of `iadbe.reporting.views.radar_axes.radar_axes`.
        styles: The look of each model.
        first: Those that are shown.
    """
    figure = blank_figure(height=480)
    for model, values in compared.scaled.iterrows():
        line = _line(str(model), values, compared.axes, styles[str(model)])
        figure.add_trace(line.update(visible=model in first))
    figure.update_layout(
        meta={"minWidth": 0},  # more room below the legend
        polar={
            "domain": {"y": [0, 0.93]},
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {
                "range": [0, 1], "tickvals": [0.25, 0.5, 0.75, 1], "gridcolor": _GRID,
                "linecolor": _GRID, "tickfont": {"size": 11}, "angle": 90, "tickangle": 90,
            },
            "angularaxis": {"gridcolor": _GRID, "linecolor": _GRID, "direction": "clockwise",
                            "rotation": 90},
        },
        margin={"l": 64, "r": 64, "t": 84, "b": 48},
        showlegend=True,
    )  # fmt: skip
    return figure


def _line(model: str, values: pd.Series, axes: Sequence[Axis], style: Style) -> go.Scatterpolar:
    """Closed, with a gap where a value is not known: never a corner in the centre."""
    known = [None if pd.isna(value) else float(value) for value in values]
    titles = [axis.title.replace(" ", "<br>") for axis in axes]  # narrow, for phones
    return go.Scatterpolar(
        r=[*known, known[0]],
        theta=[*titles, titles[0]],
        mode="lines+markers",
        name=model,
        connectgaps=False,
        line={"color": style.colour, "dash": style.dash, "width": 2.5},
        marker={"symbol": style.symbol, "size": 7},
        hovertemplate=f"<b>{model}</b><br>%{{theta}}: %{{r:.3f}}<extra></extra>",
    )

"""Rows against columns with a share in each cell, hatched where there is none."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

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


def cells(values: np.ndarray, places: list[list[str]]) -> go.Heatmap:
    """The cells that have a value, printed unless there are too many columns.

    Args:
        values: Image AUROC, shape (rows, columns); NaN where there is none.
        places: What to call each of them, in the same shape.
    """
    low = float(np.nanmin(values)) if np.isfinite(values).any() else 0.5
    many = values.shape[1] > _TOO_MANY_FOR_TEXT
    return go.Heatmap(
        z=values,
        customdata=places,
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


def holes(values: np.ndarray, places: list[list[str]], labels: list[list[str]]) -> go.Bar:
    """Hatched boxes over the cells without a value; a heat map itself cannot be hatched.

    Args:
        values: As for `cells`.
        places: As for `cells`.
        labels: What stands in each cell if it is a hole, in the same shape.
    """
    at = [tuple(place) for place in np.argwhere(~np.isfinite(values))]
    return go.Bar(
        orientation="h",
        y=[row for row, _ in at],
        base=[column - 0.49 for _, column in at],
        x=[0.98] * len(at),
        width=0.95,
        text=[labels[row][column] for row, column in at],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": INK},
        marker={"color": "#e3e6ea", "pattern": _HATCHING},
        hovertemplate=[f"{places[r][c]}: {labels[r][c]}<extra></extra>" for r, c in at],
    )


def names(shown: list[str]) -> dict[str, object]:
    """A numeric axis that shows names; bars and heat maps share it."""
    return {
        "tickvals": list(range(len(shown))),
        "ticktext": shown,
        "range": [-0.5, len(shown) - 0.5],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }

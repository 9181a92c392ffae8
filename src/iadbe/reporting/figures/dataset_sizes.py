"""How many images there are to learn from and to be judged by."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.style import blank_figure
from iadbe.reporting.formats import words
from iadbe.reporting.views.sample_counts import PARTS, by_part

_COLOURS = dict(
    zip(
        [part.title for part in PARTS],
        ("#0072B2", "#CC79A7", "#56B4E9", "#F0C6DC", "#009E73", "#D55E00"),
        strict=True,
    )
)
"""Okabe and Ito's, with a lighter one of theirs for what is held out."""
_DARK = {"#56B4E9", "#F0C6DC", "#CC79A7"}
"""Colours that want dark letters."""
_LEGIBLE = 0.05
"""A part shorter than this share of the longest bar has no room for its number."""


def dataset_sizes(counts: pd.DataFrame, by: str) -> go.Figure:
    """Images by split and label, a bar each of `by`.

    Args:
        counts: Of `iadbe.reporting.views.sample_counts.sample_counts`.
        by: `dataset`, or `category` of one dataset.
    """
    wide = by_part(counts, by)
    figure = blank_figure(height=96 + 30 * len(wide))
    names = [words(str(name)) if by == "category" else str(name) for name in wide.index]
    totals = wide.sum(axis=1)
    for title in wide:
        figure.add_trace(_bars(str(title), names, wide[title], totals))
    for name, total in zip(names, totals, strict=True):
        figure.add_annotation(
            text=f"{total:,}", x=total, y=name, xanchor="left", showarrow=False, xshift=4
        )
    figure.update_xaxes(title="images", range=[0, 1.12 * float(totals.max())])
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    figure.update_layout(uniformtext={"minsize": 9, "mode": "hide"})
    figure.update_layout(
        barmode="stack", legend_traceorder="normal", bargap=0.25, margin={"t": 48, "b": 44}
    )
    return figure


def _bars(title: str, names: list[str], values: pd.Series, totals: pd.Series) -> go.Bar:
    colour = _COLOURS[title]
    shares = values / totals
    return go.Bar(
        name=title,
        orientation="h",
        x=values,
        y=names,
        customdata=shares,
        text=[str(value) if value > _LEGIBLE * totals.max() else "" for value in values],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": "#14202b" if colour in _DARK else "#ffffff"},
        marker={"color": colour},
        hovertemplate=f"%{{y}}<br>{title}: %{{x}} images, %{{customdata:.1%}}<extra></extra>",
    )

"""The models worth a thought: quality against latency, with the front that no model beats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from iadbe.reporting.figures.labels import label, place_labels
from iadbe.reporting.figures.ranges import (
    LEAST,
    Span,
    cost_range,
    cost_ticks,
    logarithm,
    quality_range,
    share,
)
from iadbe.reporting.figures.style import NEUTRAL, Style, blank_figure

FRONT = "front"
"""The name of the trace that `templates/answer.js` redraws."""
_FAINT, _CROWD = 0.6, 8


class Point(NamedTuple):
    """One model with a quality and a latency in milliseconds."""

    model: str
    quality: float
    latency: float
    hollow: bool
    """Outside the limits, or not ranked."""
    chosen: bool


def pareto(points: Sequence[Point], front: Sequence[str], styles: Mapping[str, Style]) -> go.Figure:
    """Mean image AUROC of one dataset against the median latency, one mark a model.

    The front is a line through full marks, what it dominates is faint, what is outside the limits
    or not ranked is hollow, and the chosen one has a ring.

    Args:
        points: The models.
        front: Those that no other is both as good and as fast as, from the best to the fastest.
        styles: The look of each model.
    """
    figure = blank_figure(height=420)
    spans = _spans(points)
    figure.add_trace(_line(points, front))
    for point in points:
        figure.add_trace(_mark(point, styles[point.model], point.model in front))
    _name(figure, points, spans)
    figure.update_xaxes(title="milliseconds an image", type="log", range=spans[0])
    figure.update_xaxes(cost_ticks(spans[0]))
    figure.update_yaxes(title="mean image AUROC", range=spans[1], automargin=True)
    figure.update_layout(showlegend=False, margin={"t": 12}, meta={"minWidth": _width(points)})
    return figure


def _spans(points: Sequence[Point]) -> tuple[Span, Span]:
    times = [logarithm(point.latency) for point in points]
    return cost_range(times), quality_range([point.quality for point in points])


def _line(points: Sequence[Point], front: Sequence[str]) -> go.Scatter:
    at = {point.model: point for point in points}
    return go.Scatter(
        x=[max(at[model].latency, LEAST) for model in front],
        y=[at[model].quality for model in front],
        mode="lines",
        name=FRONT,
        line={"color": NEUTRAL, "width": 2, "shape": "vh"},
        hoverinfo="skip",
    )


def _mark(point: Point, style: Style, on_front: bool) -> go.Scatter:
    hollow = "-open" if point.hollow else ""
    ring = 4 if point.chosen else 2 if hollow else 0
    return go.Scatter(
        x=[max(point.latency, LEAST)],
        y=[point.quality],
        mode="markers",
        name=point.model,
        meta={"symbol": style.symbol},
        opacity=1 if on_front else _FAINT,
        marker={"color": style.colour, "symbol": style.symbol + hollow, "size": _size(point)},
        marker_line={"width": ring, "color": style.colour},
        hovertemplate=f"<b>{point.model}</b><br>image AUROC %{{y:.3f}}<br>"
        "%{x:.3~g} ms an image<extra></extra>",
    )


def _width(points: Sequence[Point]) -> int:
    """Pixels below which the names of many models would cover each other: it scrolls."""
    return 560 if len(points) > _CROWD else 0


def _size(point: Point) -> int:
    return 18 if point.chosen else 12


def _name(figure: go.Figure, points: Sequence[Point], spans: tuple[Span, Span]) -> None:
    at = [(logarithm(point.latency), point.quality) for point in points]
    shares = [(share(x, spans[0]), share(y, spans[1])) for x, y in at]
    offsets = place_labels(shares, [point.model for point in points])
    for point, where, offset in zip(points, at, offsets, strict=True):
        figure.add_annotation(label(point.model, where, offset, ""))

"""Demsar's critical-difference diagram: mean ranks on a line, bars over models not told apart.

Demsar 2006, "Statistical comparisons of classifiers over multiple data sets", Journal of Machine
Learning Research 7, figure 1; here the best is on the left. One unit of the vertical axis is one
pixel, so that names never collide; the horizontal axis is mean ranks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.style import NEUTRAL, Style, blank_figure
from iadbe.statistics.comparison import Comparison
from iadbe.statistics.nemenyi import groups

_BRACKET, _AXIS = 26, 74
"""Where the critical difference and the line of ranks are drawn, in pixels from the top."""
_BAR_GAP, _ROW_GAP = 10, 27
_LETTER = 8.8
"""Pixels of a letter, rather too many than too few."""
_SIDE = 0.16
"""Share of the width that is left on each side of the ranks, for the numbers."""
_LEAST_MARGIN = 84
_LEAST_WIDTH = 330
"""Pixels between the names; `templates/report.js` has narrower screens scroll the figure."""
_OVERHANG = 0.006
"""How far a bar reaches beyond its models, as a share of the width."""


class _Frame(NamedTuple):
    """What all parts of a diagram share."""

    low: float
    high: float
    first_row: float
    """Pixels from the top to the uppermost name."""

    @property
    def width(self) -> float:
        return self.high - self.low


def critical_difference(comparison: Comparison, styles: dict[str, Style]) -> go.Figure:
    """Draw a comparison; one that could not be made is drawn as its reason.

    Args:
        comparison: The result of `iadbe.statistics.comparison.compare`.
        styles: The look of each model.
    """
    ranks, difference = comparison.ranks, comparison.critical_difference
    if ranks is None or difference is None:
        return _nothing(comparison.reason or "nothing to compare")
    levels = _levels(ranks, groups(ranks, difference))
    most = max(len(ranks), 1 + difference)
    side = _SIDE * (most - 1) / (1 - 2 * _SIDE)
    below = max((level for _, _, level in levels), default=-1) + 1
    frame = _Frame(1 - side, most + side, _AXIS + 24 + below * _BAR_GAP)
    rows = math.ceil(len(ranks) / 2)
    figure = blank_figure(height=int(frame.first_row + (rows - 1) * _ROW_GAP + 24))
    _draw_axis(figure, len(ranks))
    _draw_bracket(figure, difference, frame)
    _draw_models(figure, comparison, frame, styles)
    _draw_bars(figure, levels, frame)
    _lay_out(figure, ranks, frame)
    return figure


def _levels(ranks: pd.Series, bars: list[tuple[str, ...]]) -> list[tuple[float, float, int]]:
    """First and last rank of each bar and the lowest level where it meets no other."""
    placed: list[tuple[float, float, int]] = []
    for bar in bars:
        low, high = float(ranks[bar[0]]), float(ranks[bar[-1]])
        taken = {level for _, end, level in placed if end >= low}
        level = next(n for n in range(len(taken) + 1) if n not in taken)
        placed.append((low, high, level))
    return placed


def _draw_axis(figure: go.Figure, models: int) -> None:
    """The line of ranks, with a tick and a number at each whole one."""
    xs: list[float | None] = [1, models, None]
    ys: list[float | None] = [_AXIS, _AXIS, None]
    for rank in range(1, models + 1):
        xs += [rank, rank, None]
        ys += [_AXIS, _AXIS - 6, None]
        _write(figure, str(rank), rank, _AXIS - 15, size=12)
    figure.add_trace(_line(xs, ys, NEUTRAL, 1.5))


def _draw_bracket(figure: go.Figure, difference: float, frame: _Frame) -> None:
    """A ruler as long as the critical difference, and what the axis is."""
    low, high = _BRACKET - 4, _BRACKET + 4
    xs = [1, 1, None, 1, 1 + difference, None, 1 + difference, 1 + difference]
    ys = [low, high, None, _BRACKET, _BRACKET, None, low, high]
    figure.add_trace(_line(xs, ys, NEUTRAL, 2))
    _write(figure, f"critical difference {difference:.2f}", 1, _BRACKET - 15, anchor="left")
    _write(figure, "mean rank", frame.low, _AXIS - 15, anchor="right", size=12, shift=-6)


def _draw_models(
    figure: go.Figure, comparison: Comparison, frame: _Frame, styles: dict[str, Style]
) -> None:
    """From each mean rank a line down and out to the name: the better half left, the rest right."""
    assert comparison.ranks is not None
    better = math.ceil(len(comparison.ranks) / 2)
    means = comparison.table.mean()
    for place, (name, rank) in enumerate(comparison.ranks.items()):
        left = place < better
        row = place if left else len(comparison.ranks) - 1 - place
        y, edge = frame.first_row + row * _ROW_GAP, frame.low if left else frame.high
        style = styles[str(name)]
        figure.add_trace(_line([rank, rank, edge], [_AXIS, y, y], style.colour, 2))
        figure.add_trace(_mark(str(name), float(rank), style, comparison, float(means[str(name)])))
        _write(figure, f"<b>{name}</b>", edge, y, anchor="right" if left else "left",
               shift=-6 if left else 6)  # fmt: skip
        _write(figure, f"{rank:.2f}", edge, y - 8, anchor="left" if left else "right", size=11,
               shift=2 if left else -2)  # fmt: skip


def _draw_bars(figure: go.Figure, levels: list[tuple[float, float, int]], frame: _Frame) -> None:
    reach = _OVERHANG * frame.width
    for low, high, level in levels:
        y = _AXIS + 12 + level * _BAR_GAP
        bar = _line([low - reach, high + reach], [y, y], NEUTRAL, 5)
        figure.add_trace(bar)


def _mark(name: str, rank: float, style: Style, comparison: Comparison, mean: float) -> go.Scatter:
    metric = comparison.metric.replace("/", " ")
    return go.Scatter(
        x=[rank],
        y=[_AXIS],
        mode="markers",
        name=name,
        cliponaxis=False,
        marker={"color": style.colour, "symbol": style.symbol, "size": 10},
        hovertemplate=f"<b>{name}</b><br>mean rank {rank:.3f}<br>mean {metric} {mean:.3f} over "
        f"{len(comparison.table)} categories<extra></extra>",
    )


def _line(
    xs: Sequence[float | None], ys: Sequence[float | None], colour: str, width: float
) -> go.Scatter:
    return go.Scatter(
        x=xs, y=ys, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip",
        cliponaxis=False,
    )  # fmt: skip


def _write(  # noqa: PLR0913 - where, what and how a word stands
    figure: go.Figure,
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "center",
    size: int = 13,
    shift: int = 0,
) -> None:
    figure.add_annotation(
        text=text, x=x, y=y, xanchor=anchor, yanchor="middle", xshift=shift, showarrow=False,
        font={"size": size},
    )  # fmt: skip


def _lay_out(figure: go.Figure, ranks: pd.Series, frame: _Frame) -> None:
    """Axes without ink, and margins as wide as the longest names."""
    names = [str(name) for name in ranks.index]
    better = math.ceil(len(names) / 2)
    longest = (max(map(len, part), default=0) for part in (names[:better], names[better:]))
    left, right = (max(_LEAST_MARGIN, 14 + _LETTER * letters) for letters in longest)
    height = figure.layout.height
    figure.update_xaxes(range=[frame.low, frame.high], visible=False, fixedrange=True)
    figure.update_yaxes(range=[height, 0], visible=False, fixedrange=True)
    figure.update_layout(
        margin={"l": left, "r": right, "t": 0, "b": 0},
        showlegend=False,
        meta={"minWidth": left + right + _LEAST_WIDTH},
        hovermode="closest",
    )


def _nothing(reason: str) -> go.Figure:
    """A figure that says why there is no diagram."""
    figure = blank_figure(height=70)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(text=f"No diagram: {reason}.", x=0.5, y=0.5, xref="paper", yref="paper",
                          showarrow=False)  # fmt: skip
    return figure

"""The Pareto figure of an answer."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from iadbe.reporting.figures.pareto import Point, pareto
from iadbe.reporting.figures.style import Style
from iadbe.reporting.recommendation.recommend import Recommendation


def pareto_figure(answer: Recommendation, styles: Mapping[str, Style]) -> go.Figure | None:
    """Quality against latency, as the limits have it; None if no model has both.

    Args:
        answer: Of `iadbe.reporting.recommendation.recommend.recommend`.
        styles: The look of each model.
    """
    points = [
        Point(
            model=each.model,
            quality=each.quality,
            latency=each.latency,
            hollow=each.unranked is not None or each.model in answer.out,
            chosen=each.model == answer.chosen,
        )
        for each in answer.candidates
        if each.quality is not None and each.latency is not None
    ]
    return pareto(points, answer.choice.front, styles) if points else None

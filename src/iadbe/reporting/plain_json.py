"""Data inside a page: JSON that cannot end the script element it stands in."""

from __future__ import annotations

import json

import plotly.graph_objects as go
from markupsafe import Markup


def plain_json(content: object) -> Markup:
    """Plain data; NaN is refused."""
    return _harmless(json.dumps(content, separators=(",", ":"), allow_nan=False))


def figure_json(figure: go.Figure) -> Markup:
    """A figure, as the page's scripts draw it."""
    return _harmless(str(figure.to_json()))


def _harmless(text: str) -> Markup:
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped just here

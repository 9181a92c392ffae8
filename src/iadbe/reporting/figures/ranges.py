"""Axes of quality against a cost: ranges with room for names, and ticks a person would choose."""

from __future__ import annotations

import math
from collections.abc import Sequence

Span = tuple[float, float]

LEAST = 1e-3
"""A logarithmic axis has no zero: what costs nothing stands here."""


def logarithm(value: float) -> float:
    """Where a cost stands on a logarithmic axis."""
    return math.log10(max(value, LEAST))


def cost_range(logarithms: Sequence[float]) -> Span:
    """Of a logarithmic axis, with room at both ends."""
    low, high = min(logarithms, default=0.0), max(logarithms, default=1.0)
    room = 0.12 * (high - low) + 0.25
    return low - room, high + room


def quality_range(values: Sequence[float]) -> Span:
    """Of shares, up to a little above 1."""
    low = min(values, default=0.5)
    room = 0.14 * (1 - low) + 0.01
    return low - room, 1 + room


def share(value: float, span: Span) -> float:
    """How far along a range a value is, in [0, 1]."""
    return (value - span[0]) / (span[1] - span[0])


def cost_ticks(span: Span) -> dict[str, object]:
    """Powers of ten, with 2 and 5 times them where there is room."""
    digits = (1, 2, 5) if span[1] - span[0] < 2.2 else (1,)
    powers = range(math.floor(span[0]), math.ceil(span[1]) + 1)
    ticks = [digit * 10.0**power for power in powers for digit in digits]
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}

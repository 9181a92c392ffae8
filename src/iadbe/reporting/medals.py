"""Who is best and who is second in a column, as it is printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from iadbe.reporting.shown_metrics import ShownMetric

_NAMES = ("best", "second")
_DIGITS = 3
"""Those that a table prints: what reads alike shares a place."""


def medals(
    taking_part: Iterable[tuple[str, bool]], values: Mapping[str, float], shown: ShownMetric
) -> dict[str, str]:
    """Model to `best` or `second`; ties share, and supervised models compete apart.

    Args:
        taking_part: The models, and whether each is supervised.
        values: Their values by model; NaN where there is none.
        shown: The metric; says which way is better.
    """
    groups: dict[bool, dict[str, float]] = {}
    for model, supervised in taking_part:
        if not math.isnan(values[model]):
            groups.setdefault(supervised, {})[model] = round(values[model], _DIGITS)
    return {model: place for group in groups.values() for model, place in _places(group, shown)}


def _places(printed: Mapping[str, float], shown: ShownMetric) -> list[tuple[str, str]]:
    """One model alone is no winner."""
    if len(printed) < 2:
        return []
    top = sorted(set(printed.values()), reverse=shown.higher_is_better)[:2]
    names = dict(zip(top, _NAMES, strict=False))
    return [(model, names[value]) for model, value in printed.items() if value in names]

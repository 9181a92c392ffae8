"""What the rules look at: the run record of a cell and its metric values over all defects."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple


class Known(NamedTuple):
    """A metric value, never NaN, and what it rests on; the interval is None where none is known."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


class Evidence(NamedTuple):
    """All that is known of a finished cell; a value that is undefined is not in `values`."""

    record: Mapping[str, Any]
    values: Mapping[tuple[str, str], Known]
    """Level and metric, e.g. `("image", "auroc")`, to the value."""

    def value(self, level: str, metric: str) -> float | None:
        """A value, None where it is undefined."""
        known = self.values.get((level, metric))
        return known.value if known else None


COLUMNS = ("level", "metric", "defect_type", "defect_size", "value", "n", "ci_low", "ci_high")
"""Those of `iadbe.schemas.MetricsSchema` that the gate reads."""


def known_values(columns: Mapping[str, list[Any]]) -> dict[tuple[str, str], Known]:
    """The values over all defects of a cell.

    Args:
        columns: `COLUMNS` of its metrics, each a list as long as the others.
    """
    rows = zip(*(columns[name] for name in COLUMNS), strict=True)
    return {
        (level, metric): Known(value, int(n), _number(low), _number(high))
        for level, metric, defect_type, defect_size, value, n, low, high in rows
        if defect_type is None and defect_size is None and _number(value) is not None
    }


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value

"""One measured value, or why there is none."""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    """A row of the metrics table (`iadbe.schemas.MetricsSchema`).

    `n` counts what the value rests on: samples (levels image and system), pixels or regions; for
    `tied_pairs` pairs of samples. An undefined value is None, never 0, and `reason` says why.
    """

    level: str
    metric: str
    value: float | None
    n: int
    reason: str | None = None
    leakage: str = "none"
    ci_low: float | None = None
    ci_high: float | None = None
    defect_type: str | None = None
    defect_size: str | None = None

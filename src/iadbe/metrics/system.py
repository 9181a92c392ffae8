"""What a model costs: time, memory, size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from iadbe.metrics.measure import Measure

RUN_METRICS = ("fit_seconds", "peak_memory_mb", "model_size_mb")


def system_measures(run: Mapping[str, Any], fitted: int, latencies: pd.Series) -> list[Measure]:
    """Costs of a cell.

    Args:
        run: The cell's run record; `fit_seconds`, `peak_memory_mb` and `model_size_mb` may lack.
        fitted: Number of training samples, on which those three rest.
        latencies: Milliseconds a predicted sample; their median is `latency_ms`.

    Returns:
        One measure each; null with a reason where nothing was recorded.
    """
    measures = [_recorded(name, run.get(name), fitted) for name in RUN_METRICS]
    if len(latencies):
        return [
            *measures,
            Measure("system", "latency_ms", float(latencies.median()), len(latencies)),
        ]
    return [*measures, Measure("system", "latency_ms", None, 0, "no latency was recorded")]


def _recorded(metric: str, value: float | None, n: int) -> Measure:
    if value is None or not np.isfinite(value):
        return Measure("system", metric, None, n, "not in the run record")
    return Measure("system", metric, float(value), n)

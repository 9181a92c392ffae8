"""One image at a time: how long a part on the line waits for its answer."""

from __future__ import annotations

import numpy as np

from iadbe.costs.timing import Predictor, decode_seconds, repeated
from iadbe.metrics.measure import Measure

SINGLE_ROWS = ("warm_up_ms", "latency_p50_ms", "latency_p95_ms")
CALLS = 20
BUDGET_SECONDS = 1.0
"""No call starts later; the first always does."""
_JUMP = 7
"""Has no divisor in common with `CALLS`: even a few calls are of samples from all over the set."""
_DECODED = 10


def single_measures(predictor: Predictor) -> list[Measure]:
    """The first call, and median and 95th percentile of those after it; decoding is in none.

    Args:
        predictor: Asks the model.
    """
    first = predictor.seconds(predictor.some(1))
    if first < BUDGET_SECONDS:  # the first decodes by itself, which may leave its mark
        predictor.seconds(predictor.some(1))
    chosen = predictor.some(CALLS)

    def call(number: int) -> float:
        place = number * _JUMP % CALLS
        return predictor.seconds(chosen[place : place + 1])

    milliseconds = 1e3 * repeated(call, CALLS, BUDGET_SECONDS)
    median, slow = np.percentile(milliseconds, [50, 95])
    n = len(milliseconds)
    return [
        Measure("system", "warm_up_ms", 1e3 * first, 1),
        Measure("system", "latency_p50_ms", float(median), n),
        Measure("system", "latency_p95_ms", float(slow), n),
    ]


def decode_measure(predictor: Predictor) -> Measure:
    """Median time to read, decode and resize an image to what the model asked for.

    Args:
        predictor: Knows the sizes.
    """
    sizes = sorted(predictor.decoded.needs.elements()) or [predictor.samples.size]
    milliseconds = 1e3 * decode_seconds(predictor.some(_DECODED), sizes)
    return Measure("system", "decode_ms", float(np.median(milliseconds)), len(milliseconds))

"""The verdict on one of our numbers beside a published one."""

from __future__ import annotations

from typing import NamedTuple

from iadbe.schemas import RESULT
from iadbe.scorecard.results import Result
from iadbe.scorecard.tolerances import Tolerances

_EXACT = 1e-9
"""Room for the rounding of binary fractions: 0.99 - 0.98 is within 0.01."""


class Verdict(NamedTuple):
    """One of `VERDICTS`, and why there is no comparison where there is none."""

    name: str
    reason: str | None = None


def verdict(
    ours: Result, published: float, metric: str, tolerances: Tolerances, protocol: str | None = None
) -> Verdict:
    """Judge one number.

    Args:
        ours: Our value, or why there is none.
        published: The published value, a share in [0, 1].
        metric: One of `iadbe.scorecard.tolerances.METRICS`.
        tolerances: From the benchmark.
        protocol: Why the published number was reached under another protocol, if it was.

    Returns:
        `reproduced` within the tolerance in either direction. Below: `near` within its multiple,
        `off` beyond. `above` if better by more than the tolerance: no failure, yet no reproduction
        either; a leak, an easier setting or a poor published run are to be ruled out.
        `not comparable` under another protocol and for degenerate or undefined values.
    """
    if protocol:
        return Verdict("not comparable", protocol)
    if ours.status not in RESULT:
        return Verdict("not run", f"{ours.status}: {ours.cause}")
    if ours.value is None or ours.status == "degenerate":
        return Verdict("not comparable", ours.cause)
    return Verdict(_compared(ours.value - published, tolerances.of(metric), tolerances.near))


def _compared(difference: float, tolerance: float, near: float) -> str:
    if abs(difference) <= tolerance + _EXACT:
        return "reproduced"
    if difference > 0:
        return "above"
    return "near" if -difference <= near * tolerance + _EXACT else "off"

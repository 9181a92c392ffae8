"""Whether two models predict the same, and why they do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from iadbe.models.protocol import Prediction

Same = Callable[[Any, Any], bool]


def exactly(first: Any, second: Any) -> bool:
    """Equal, bit by bit."""
    return np.array_equal(first, second, equal_nan=True)


def closely(first: Any, second: Any) -> bool:
    """Equal but for the last bits, which the order of sums may change."""
    return bool(np.allclose(first, second, rtol=1e-4, atol=1e-6, equal_nan=True))


def first_difference(
    before: Sequence[Prediction], after: Sequence[Prediction], same: Same
) -> str | None:
    """The first sample on which predictions differ, in words; None if they are the same.

    Sample ids are not compared.

    Args:
        before: Predictions of some samples.
        after: Other predictions of the same samples, in the same order.
        same: `exactly` or `closely`.
    """
    for one, other in zip(before, after, strict=True):
        if not same(one.image_score, other.image_score):
            return f"{one.sample_id} scores {one.image_score!r} and then {other.image_score!r}"
        if not _same_maps(one, other, same):
            return f"{one.sample_id} has one anomaly map and then another"
    return None


def _same_maps(one: Prediction, other: Prediction, same: Same) -> bool:
    if one.anomaly_map is None or other.anomaly_map is None:
        return one.anomaly_map is other.anomaly_map
    return np.shape(one.anomaly_map) == np.shape(other.anomaly_map) and same(
        one.anomaly_map, other.anomaly_map
    )

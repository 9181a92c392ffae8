"""Check that which images are scored together, and how many, changes nothing but rounding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from iadbe.costs.batches import BATCH
from iadbe.costs.timing import batches_of
from iadbe.models.protocol import Prediction
from iadbe.testing.sameness import Same, first_difference
from iadbe.testing.subject import CheckFailedError, Subject

_SCORES, _MAPS = 1e-3, 1e-2
"""Differences that pass, as shares of the largest score and of the largest value of a map."""


def scores_alike_in_any_batch(subject: Subject) -> None:
    """An image scores the same alone and among others, in batches of any size."""
    if not subject.deterministic:
        return
    if difference := _difference(subject, _alone(subject)):
        raise CheckFailedError(
            f"among others {difference} alone: predict each image from itself and what was learnt"
        )
    if not hasattr(subject.fitted, "batch_size"):
        return
    with batches_of(subject.fitted, BATCH):
        together = subject.predict(subject.fitted)
    if difference := _difference(subject, together):
        raise CheckFailedError(
            f"{difference} with batch_size {BATCH}: predict each image from itself, and make "
            "batch_size that of predict alone"
        )


def _difference(subject: Subject, others: Sequence[Prediction]) -> str | None:
    """Where predictions of the same samples differ; order and number are another check's."""
    known = {prediction.sample_id: prediction for prediction in subject.predictions}
    both = [other for other in others if other.sample_id in known]
    given = [known[other.sample_id] for other in both]
    return first_difference(given, both, _but_for_rounding(subject.predictions))


def _alone(subject: Subject) -> Sequence[Prediction]:
    """The last sample by itself; nothing where it fails by itself."""
    try:
        return subject.predict(subject.fitted, subject.test[-1:])
    except Exception:  # noqa: BLE001 - `predicts_one_sample` tells
        return []


def _but_for_rounding(predictions: Sequence[Prediction]) -> Same:
    maps = [p.anomaly_map for p in predictions if p.anomaly_map is not None]
    for_scores = _SCORES * _largest([p.image_score for p in predictions])
    for_maps = _MAPS * max(map(_largest, maps), default=0.0)

    def same(first: Any, second: Any) -> bool:
        room = for_maps if np.ndim(first) else for_scores
        return bool(np.allclose(first, second, rtol=0, atol=room, equal_nan=True))

    return same


def _largest(values: Any) -> float:
    sizes = np.abs(values)
    return float(sizes[np.isfinite(sizes)].max(initial=0.0))

"""Batches of 32: how much a machine gets through, and the energy that it takes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np

from iadbe.costs.energy import Found, gpu_meter, processor_meter
from iadbe.costs.memory import free_gb, growth_gb
from iadbe.costs.timing import Predictor, batches_of, repeated
from iadbe.metrics.measure import Measure

BATCH_ROWS = ("throughput_per_s", "energy_j_per_image", "gpu_energy_j_per_image")
BATCH, CALLS = 32, 5
SMALL_BATCH = 8
"""Tried first, or the model's own if that is smaller, which fitted when it predicted."""
BUDGET_SECONDS = 1.0
"""No batch starts later; the first always does, and is tried before if it is expected sooner."""
SLOW_SECONDS = 2.0
"""A model expected to take longer for a whole batch is timed with the small one."""
_ROOM = 0.8
"""Share of the free memory that a batch may be expected to take."""


def batch_measures(predictor: Predictor, device: str) -> list[Measure]:
    """Images a second in batches of 32, and joules an image; decoding is in none.

    What a small batch takes says what 32 images would: too long, and the model is timed with the
    small one; too much memory, and there is no number.

    Args:
        predictor: Asks the model.
        device: Where the model runs, as in torch.
    """
    few = min(SMALL_BATCH, getattr(predictor.model, "batch_size", SMALL_BATCH))
    expected, expected_gb = _extrapolate(predictor, few)
    size = BATCH if expected < SLOW_SECONDS else few
    if size == BATCH and (free := free_gb()) * _ROOM < expected_gb:
        reason = f"a batch of {BATCH} takes about {expected_gb:.1f} GB, and {free:.1f} GB are free"
        return [Measure("system", name, None, 0, reason) for name in BATCH_ROWS]
    batch, usage = predictor.some(size), _Usage([processor_meter(), gpu_meter(device)])
    with batches_of(predictor.model, size):
        if expected < BUDGET_SECONDS:
            predictor.seconds(batch)  # libraries prepare for each new shape
        spent = repeated(lambda _: predictor.seconds(batch, usage.counted), CALLS, BUDGET_SECONDS)
    n = size * len(spent)
    speed = Measure("system", "throughput_per_s", size / float(np.median(spent)), n)
    return [speed, *usage.measures(BATCH_ROWS[1:], n)]


def _extrapolate(predictor: Predictor, few: int) -> tuple[float, float]:
    """Seconds, and memory in GB, that a whole batch may take, from those of a small one."""
    seconds: list[float] = []
    some = predictor.some(few)
    with batches_of(predictor.model, few):
        growth = growth_gb(lambda: seconds.append(predictor.seconds(some)))
    times = BATCH / few
    return seconds[0] * times, growth * (times if hasattr(predictor.model, "batch_size") else 1)


class _Usage:
    """Sums the joules that meters count while something runs."""

    def __init__(self, found: list[Found]) -> None:
        self._found = found
        self._joules = np.zeros(len(found))

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """Count what is used within."""
        before = self._read()
        yield
        self._joules += self._read() - before

    def measures(self, names: tuple[str, ...], images: int) -> list[Measure]:
        """Joules an image, one measure a meter."""
        found = zip(names, self._found, self._joules, strict=True)
        return [_per_image(name, each.reason, total, images) for name, each, total in found]

    def _read(self) -> np.ndarray:
        return np.array([each.meter.joules() if each.meter else 0.0 for each in self._found])


def _per_image(name: str, reason: str | None, joules: float, images: int) -> Measure:
    if reason is None and joules <= 0:
        reason = "the counter did not move: the batches were too short for it"
    if reason:
        return Measure("system", name, None, 0, reason)
    return Measure("system", name, float(joules) / images, images)

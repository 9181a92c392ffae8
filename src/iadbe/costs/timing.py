"""Time a model's `predict`: one image at a time, and in batches."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from iadbe.costs.decoded import Decoded
from iadbe.errors import ContractError
from iadbe.images.read import read_image
from iadbe.models.protocol import AnomalyModel
from iadbe.samples import Samples

Around = Callable[[], contextlib.AbstractContextManager[None]]
Seconds = npt.NDArray[np.float64]


class Predictor:
    """Calls a model on samples whose images are in memory already.

    Args:
        model: The fitted model.
        samples: What to choose from.
    """

    def __init__(self, model: AnomalyModel, samples: Samples) -> None:
        self.model = model
        self.samples = samples
        self.decoded = Decoded()

    def some(self, count: int) -> Samples:
        """Samples that lie evenly among all; again from the first where there are too few.

        Every one has a `sample_id` of its own.
        """
        step = max(1.0, len(self.samples) / count)
        places = [int(place * step) % len(self.samples) for place in range(count)]
        rows = self.samples.frame.iloc[places]
        ids = [f"{sample_id}#{place}" for place, sample_id in enumerate(rows["sample_id"])]
        size, store = self.samples.size, self.samples.store
        return Samples(rows.assign(sample_id=ids), size, store=store)

    def seconds(self, samples: Samples, around: Around = contextlib.nullcontext) -> float:
        """How long the model takes for the samples, to the last prediction.

        Args:
            samples: What to predict; decoded before.
            around: Makes a context that is entered just for that time.

        Raises:
            ContractError: If there is not one prediction a sample.
        """
        given = self.decoded.prepare(samples)
        with around():
            start = time.perf_counter()
            count = sum(1 for _ in self.model.predict(given))
            elapsed = time.perf_counter() - start - self.decoded.seconds
        if count != len(samples):
            raise ContractError(f"the model gave {count} predictions for {len(samples)} samples.")
        return elapsed


def repeated(call: Callable[[int], float], at_most: int, budget: float) -> Seconds:
    """The results of a call, repeated until `at_most` or `budget` seconds are over; never none.

    Args:
        call: Gets the number of calls before it.
        at_most: Calls.
        budget: Seconds after which no call starts.
    """
    spent: list[float] = []
    started = time.monotonic()
    while not spent or (len(spent) < at_most and time.monotonic() - started < budget):
        spent.append(call(len(spent)))
    return np.array(spent)


@contextlib.contextmanager
def batches_of(model: AnomalyModel, size: int) -> Iterator[None]:
    """Let a model that can (`iadbe.models.protocol.PredictsInBatches`) score `size` at once."""
    able: Any = model
    if not hasattr(model, "batch_size"):
        yield
        return
    before = able.batch_size
    able.batch_size = size
    try:
        yield
    finally:
        able.batch_size = before


def decode_seconds(samples: Samples, sizes: list[int]) -> Seconds:
    """How long each image takes from its file, already in the system's cache, to an array.

    Args:
        samples: The images.
        sizes: Edges in pixels that each is wanted at; decoded anew for each.
    """
    return np.array([_decode(sample.image_path, sizes) for sample in samples])


def _decode(path: Any, sizes: list[int]) -> float:
    path.read_bytes()
    start = time.perf_counter()
    for size in sizes:
        read_image(path, size)
    return time.perf_counter() - start

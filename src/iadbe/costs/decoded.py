"""Samples whose images are decoded before a model asks for them, so that decoding is not timed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.samples import Sample, Samples

Image = npt.NDArray[np.float32]


class Decoded:
    """Images that wait to be asked for, each an array of its own.

    A model may ask for another size than that of the samples, or twice for one image. What its
    calls so far have asked for is what `prepare` makes ready; the rest is decoded when asked for,
    and `seconds` says how long that took.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.needs: Counter[int] = Counter()
        """How often a call asks for one image at each size (edge in pixels)."""
        self._asked: Counter[tuple[str, int]] = Counter()
        self._ready: dict[tuple[str, int], list[Image]] = {}

    def prepare(self, samples: Samples) -> DecodedSamples:
        """The same samples with their images ready; what was left of others is dropped.

        Args:
            samples: Samples that decode.
        """
        for (_, size), times in self._asked.items():
            self.needs[size] = max(self.needs[size], times)
        self._asked.clear()
        self._ready = {
            (sample.sample_id, size): [sample.image for _ in range(times)]
            for size, times in self.needs.items()
            for sample in samples.at(size)
        }
        self.seconds = 0.0
        return DecodedSamples(samples.frame, samples, self)

    def take(self, sample_id: str, size: int, decode: Callable[[], Image]) -> Image:
        """An image that nobody else has."""
        self._asked[sample_id, size] += 1
        if waiting := self._ready.get((sample_id, size)):
            return waiting.pop()
        start = time.perf_counter()
        image = decode()
        self.seconds += time.perf_counter() - start
        return image


@dataclass(frozen=True)
class _DecodedSample(Sample):
    decoded: Decoded = field(default_factory=Decoded)

    @property
    def image(self) -> Image:
        return self.decoded.take(self.sample_id, self.size, self._decode)

    def _decode(self) -> Image:
        return super().image


class DecodedSamples(Samples):
    """Unlabelled samples that take their images from `decoded`.

    Args:
        frame: Rows of the manifest.
        like: Samples of the same size and store.
        decoded: The images.
    """

    def __init__(self, frame: pd.DataFrame, like: Samples, decoded: Decoded) -> None:
        super().__init__(frame, like.size, store=like.store)
        self.decoded = decoded

    @overload
    def __getitem__(self, index: int) -> Sample: ...
    @overload
    def __getitem__(self, index: slice) -> Samples: ...
    def __getitem__(self, index: int | slice) -> Sample | Samples:
        """One sample, or the sub-sequence of a slice."""
        found = super().__getitem__(index)
        if isinstance(found, Samples):
            return found
        return _DecodedSample(**vars(found), decoded=self.decoded)

    def _like(self, frame: pd.DataFrame, size: int) -> DecodedSamples:
        return DecodedSamples(frame, Samples(frame, size, store=self.store), self.decoded)

"""Samples that tell which of their images were decoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.samples import Sample, Samples


@dataclass(frozen=True)
class _WatchedSample(Sample):
    decoded: set[str] = field(default_factory=set)

    @property
    def image(self) -> npt.NDArray[np.float32]:
        self.decoded.add(self.sample_id)
        return super().image


class WatchedSamples(Samples):
    """Unlabelled samples; `decoded` collects the ids of those whose image was read.

    Args:
        frame: Rows of the manifest.
        size: Edge length in pixels.
        decoded: A set to collect into, shared with slices.
    """

    def __init__(self, frame: pd.DataFrame, size: int, decoded: set[str] | None = None) -> None:
        super().__init__(frame, size)
        self.decoded: set[str] = set() if decoded is None else decoded

    @overload
    def __getitem__(self, index: int) -> Sample: ...
    @overload
    def __getitem__(self, index: slice) -> Samples: ...
    def __getitem__(self, index: int | slice) -> Sample | Samples:
        """One watched sample, or the watched sub-sequence of a slice."""
        if isinstance(index, slice):
            return WatchedSamples(self.frame.iloc[index], self.size, self.decoded)
        return _WatchedSample(**vars(super().__getitem__(index)), decoded=self.decoded)

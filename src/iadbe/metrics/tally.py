"""Values ranked as they stream in: exact while they fit the buffer, then binned.

Partial tallies, e.g. of several processes, merge into one; they pickle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

import numpy as np

from iadbe.metrics.bins import RESOLUTION, Bins, Masses, Values

BUFFER = 2**24
"""Values that are kept as they are before binning begins: 64 MB of float32."""


class Ranked(NamedTuple):
    """Intervals of values that hold mass, ascending; an exact tally has one a distinct value."""

    lower: Values
    upper: Values
    masses: Masses
    """Shape (C, K): the number of values in [lower, upper), and their weights if there are any."""


class Tally:
    """A multiset of finite float32 values, each with a weight if `weighted`.

    Args:
        weighted: Whether sums of weights are kept beside the number of values.
        buffer: Number of values that are kept exactly before binning begins.
        resolution: Of the bins; see `iadbe.metrics.bins`.
    """

    def __init__(
        self, *, weighted: bool = False, buffer: int = BUFFER, resolution: float = RESOLUTION
    ) -> None:
        self._weighted = weighted
        self._buffer = buffer
        self._resolution = resolution
        self._bins: Bins | None = None
        self._values: list[Values] = []
        self._weights: list[Masses] = []
        self._waiting = 0
        self._sorted = True

    def add(self, values: Values, weights: Masses | None = None) -> None:
        """Count values, shape (N,), with their weights, shape (N,), if the tally is weighted."""
        for start in range(0, len(values), self._buffer):
            part = slice(start, start + self._buffer)
            self._append(values[part], weights[part] if weights is not None else None)

    def _append(self, values: Values, weights: Masses | None) -> None:
        if self._waiting + len(values) > self._buffer:
            self._fold()
        self._values.append(values)
        if weights is not None:
            self._weights.append(weights)
        self._waiting += len(values)
        self._sorted = False

    def merge(self, others: Iterable[Self]) -> None:
        """Count all that the others counted; they are left as they are."""
        for other in others:
            if other._bins is not None:
                self._bins = self._bins.merge(other._bins) if self._bins else other._bins
            self._values = [*self._values, *other._values]
            self._weights = [*self._weights, *other._weights]
            self._waiting += other._waiting
            self._sorted = False

    def at_least(self, thresholds: Values) -> Masses:
        """The number of values >= each threshold, shape (T,)."""
        values = self._settled()
        exact = (len(values) - np.searchsorted(values, thresholds)).astype(np.float64)
        return exact if self._bins is None else exact + self._bins.at_least(thresholds)[0]

    def ranked(self) -> Ranked:
        """The values in order, with what each counts."""
        if self._bins is not None:
            self._fold()
            edges, held = self._bins.edges, self._bins.masses[0] > 0
            return Ranked(edges[:-1][held], edges[1:][held], self._bins.masses[:, held])
        values = self._settled()
        lower, first = np.unique(values, return_index=True)
        masses = np.diff(self._sums(values)[:, np.append(first, len(values))])
        return Ranked(lower, np.nextafter(lower, np.float32(np.inf)), masses)

    def __len__(self) -> int:
        held = 0 if self._bins is None else round(self._bins.masses[0].sum())
        return held + self._waiting

    def _fold(self) -> None:
        values = self._settled()
        if len(values):
            sums = self._sums(values)
            bins = self._bins or Bins.empty(len(sums), values[0])
            self._bins = bins.absorb(values, sums, self._resolution)
        self._values, self._weights, self._waiting = [], [], 0

    def _settled(self) -> Values:
        """The waiting values, ascending; their weights are put into the same order."""
        if self._waiting and not self._sorted:
            values, weights = _sorted(self._values, self._weights)
            if not np.isfinite(values[[0, -1]]).all():
                raise ValueError("Only finite values can be ranked, and here are NaN or infinity.")
            self._values, self._weights, self._sorted = [values], weights, True
        return self._values[0] if self._waiting else np.empty(0, np.float32)

    def _sums(self, values: Values) -> Masses:
        """Running sums of what the settled values count, from 0, shape (C, N + 1)."""
        sums = np.zeros((1 + self._weighted, len(values) + 1))
        sums[0] = np.arange(len(values) + 1)
        for weights in self._weights:
            np.cumsum(weights, out=sums[1, 1:])
        return sums


def _sorted(values: list[Values], weights: list[Masses]) -> tuple[Values, list[Masses]]:
    joined = np.concatenate(values)
    if not weights:
        joined.sort()
        return joined, []
    order = np.argsort(joined, kind="stable")
    return joined[order], [np.concatenate(weights)[order]]

"""Values ranked as they stream in: exact while they fit the buffer, then binned.

Partial tallies, e.g. of several processes, merge into one; they pickle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from iadbe.metrics.bins import RESOLUTION, Bins, Masses, Values

BUFFER = 22_500_000
"""Values that are kept as they are before binning begins: 90 MB of float32, taken as needed.

Normal images have one tally and the background of defects has another: 85 images each at 512².
"""
FOLDED = 2**23
"""Values that wait for the bins once there are any: bins and values shall not both fill memory.

A quarter of it where values have weights.
"""


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
        self._resolution = resolution
        self._bins: Bins | None = None
        self._weighted = weighted
        self._allocate(buffer)
        self._waiting = 0
        self._sorted = True

    @classmethod
    def joined(cls, tallies: Sequence[Tally], *, weighted: bool = False) -> Self:
        """All that some tallies counted, as exactly as they did; they are left as they are."""
        made = cls(weighted=weighted, buffer=max(1, sum(each._waiting for each in tallies)))
        made.merge(tallies)
        return made

    def add(self, values: npt.NDArray[np.float32], weights: Masses | None = None) -> None:
        """Count values, shape (N,), with their weights, shape (N,), if the tally is weighted."""
        start = 0
        while start < len(values):
            if self._waiting == len(self._values):
                self._fold()
            taken = min(len(values) - start, len(self._values) - self._waiting)
            place = slice(self._waiting, self._waiting + taken)
            self._values[place] = values[start : start + taken]
            if self._weights is not None and weights is not None:
                self._weights[place] = weights[start : start + taken]
            self._waiting, start, self._sorted = self._waiting + taken, start + taken, False

    def merge(self, others: Iterable[Tally]) -> None:
        """Count all that the others counted; they are left as they are."""
        for other in others:
            if other._bins is not None:
                self._bins = self._bins.merge(other._bins) if self._bins else other._bins
            n = other._waiting
            self.add(other._values[:n], None if other._weights is None else other._weights[:n])
        if self._bins is not None and len(self._values) > self._folded:
            self._fold()

    def at_least(self, thresholds: Values) -> Masses:
        """The number of values >= each threshold, shape (T,)."""
        return self.met(thresholds, thresholds[:0])[0]

    def met(self, lower: Values, upper: Values) -> tuple[Masses, Masses]:
        """The number of values >= the lower and >= the upper ends of intervals.

        Args:
            lower: Ascending is fastest, shape (T,).
            upper: Likewise, lower <= upper, shape (T,); or empty, if they are not asked for.
        """
        values = self.settle()
        first = np.searchsorted(values, lower)
        past = first[: len(upper)].copy()
        within = past < len(values)
        within[within] = values[past[within]] < upper[within]  # others hold no value: no search
        past[within] = np.searchsorted(values, upper[within])
        found = [(len(values) - place).astype(np.float64) for place in (first, past)]
        if self._bins is not None:
            found[0] += self._bins.at_least(lower)[0]
            found[1] += self._bins.at_least(upper)[0]
        return found[0], found[1]

    def ranked(self) -> Ranked:
        """The values in order, with what each counts."""
        if self._bins is not None:
            self._fold()
            edges, masses = self._bins.edges, self._bins.masses
            held = masses[0] > 0
            return Ranked(edges[:-1][held], edges[1:][held], masses[:, held])
        values = self.settle()
        first = np.flatnonzero(values[1:] != values[:-1]) + 1
        first = np.append(0, first) if len(values) else first
        lower, bounds = values[first], np.append(first, len(values))
        masses = np.diff(np.stack([bounds, *(sums[bounds] for sums in self._sums())]))
        return Ranked(lower, np.nextafter(lower, np.float32(np.inf)), masses.astype(np.float64))

    def __len__(self) -> int:
        held = 0 if self._bins is None else round(self._bins.above[0, 0])
        return held + self._waiting

    def __getstate__(self) -> dict[str, Any]:
        """Without the empty part of the buffer, whose size is restored by `__setstate__`."""
        n = self._waiting
        weights = None if self._weights is None else self._weights[:n]
        trimmed = {"_values": self._values[:n], "_weights": weights, "buffer": len(self._values)}
        return self.__dict__ | trimmed

    def __setstate__(self, state: dict[str, Any]) -> None:
        size, n = state.pop("buffer"), state["_waiting"]
        self.__dict__ |= state
        for name in ("_values", "_weights"):
            if (kept := state[name]) is not None:
                whole = np.empty(size, kept.dtype)
                whole[:n] = kept
                setattr(self, name, whole)

    def _fold(self) -> None:
        values = self.settle()
        if len(values):
            sums = self._sums()
            bins = self._bins or Bins.empty(1 + len(sums), values)
            self._bins = bins.absorb(values, sums, self._resolution)
        self._allocate(min(len(self._values), self._folded))
        self._waiting = 0

    @property
    def _folded(self) -> int:
        return FOLDED // 4 if self._weighted else FOLDED

    def _allocate(self, buffer: int) -> None:
        # Empty memory is not taken before it is written to.
        self._values: Values = np.empty(buffer, np.float32)
        self._weights: Masses | None = np.empty(buffer, np.float64) if self._weighted else None

    def settle(self) -> Values:
        """The waiting values, ascending; their weights are put into the same order."""
        values = self._values[: self._waiting]
        if not self._sorted:
            if self._weights is None:
                values.sort()
            else:
                order = np.argsort(values)
                values[:] = values[order]
                self._weights[: self._waiting] = self._weights[: self._waiting][order]
            self._sorted = True
        if len(values) and not np.isfinite(values[[0, -1]]).all():
            raise ValueError("Only finite values can be ranked, and here are NaN or infinity.")
        return values

    def _sums(self) -> list[Masses]:
        """Running sums of the settled values' weights, from 0, shape (N + 1,), if it has any."""
        if self._weights is None:
            return []
        return [np.append(0.0, np.cumsum(self._weights[: self._waiting]))]

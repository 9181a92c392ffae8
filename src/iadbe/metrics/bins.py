"""A ranking of any number of values in bounded memory, and how far off it can be.

Bins lie between float32 edges and hold exact masses. Where a bin grows beyond a share `RESOLUTION`
of the mass above it, it is split, and what it held so far is spread evenly; so the mass above any
threshold is off by at most a bin, and the bins at the top of the ranking hold one value each. A
value too frequent for a bin gets one of its own, so that ties stay ties.

Why relative to the mass above: precision, F1 and the area under PRO are decided near the top of the
ranking, by few pixels. With every bin at most e = `RESOLUTION` of what ranks above it, AUROC moves
by at most e / 2 (Σ pᵢ nᵢ / 2 over the bins, as shares), average precision, F1 and IoU by at most
about e, relatively, and AUPRO by at most e / 2; splitting an older bin at most doubles that, and so
does a merge. The number of bins grows with the logarithm of the mass only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

RESOLUTION = 5e-6
_PART = 2**17
"""Bins, and values of the first ones, that are worked on at a time: the work takes memory."""
_ROOM = 2**23
"""Elements of 4 bytes that the C library takes from the system (M_MMAP_THRESHOLD, 32 MiB)."""

Values = npt.NDArray[np.float32]
Masses = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bins:
    """Masses above edges; bin i is [edges[i], edges[i + 1]).

    Attributes:
        edges: Ascending float32, shape (K + 1,).
        above: Mass >= each edge, float64, shape (C, K + 1), falling to 0: the number of values, and
            any further sums over them.
    """

    edges: Values
    above: Masses

    @classmethod
    def empty(cls, sums: int, values: Values) -> Self:
        """Bins without mass over ascending values, not too many in each; `sums` is C."""
        edges = np.append(np.unique(values[::_PART]), _next(values[-1]))
        return cls(edges, np.zeros((sums, len(edges))))

    @property
    def masses(self) -> Masses:
        """What each bin holds, shape (C, K)."""
        return self.above[:, :-1] - self.above[:, 1:]

    def absorb(
        self, values: Values, sums: Sequence[Masses], resolution: float = RESOLUTION
    ) -> Self:
        """Add values, splitting the bins that grow too heavy.

        Args:
            values: Ascending, shape (N,), N > 0.
            sums: Running sums, from 0, of what else they count, C - 1 of shape (N + 1,).
            resolution: The heaviest a bin may be, as a share of the mass above it.
        """
        wide = self._widened(values[0], values[-1])
        parts = (part._absorb(values, sums, resolution) for part in wide._parts(values))
        return wide._joined(parts, at_most=len(wide.edges) + 2 * len(values))

    def merge(self, other: Self, resolution: float = RESOLUTION) -> Self:
        """Both together."""
        mine = self._widened(other.edges[0], _previous(other.edges[-1]))
        theirs = other._widened(self.edges[0], _previous(self.edges[-1]))
        edges = np.union1d(mine.edges, theirs.edges)
        above = mine.at_least(edges) + theirs.at_least(edges)
        return type(self)(edges, above)._coalesced(resolution / 2)

    def at_least(self, thresholds: Values) -> Masses:
        """Mass of the values >= each threshold, shape (C, T); that of a bin is spread evenly."""
        if not len(thresholds):
            return np.empty((len(self.above), 0))
        first, last = np.searchsorted(self.edges, [thresholds.min(), thresholds.max()])
        near = slice(max(0, first - 1), last + 1)  # `interp` copies the edges
        edges = self.edges[near]
        return np.stack([np.interp(thresholds, edges, above[near]) for above in self.above])

    def _widened(self, low: np.float32, high: np.float32) -> Self:
        """With empty bins down to `low` and up to `high`, where there are none yet."""
        edges, above = self.edges, self.above
        if low < edges[0]:
            edges, above = np.insert(edges, 0, low), np.insert(above, 0, above[:, 0], axis=1)
        if high >= edges[-1]:
            edges = np.append(edges, _next(high))
            above = np.append(above, np.zeros((len(above), 1)), axis=1)
        return type(self)(edges, above)

    def _parts(self, values: Values) -> Iterator[Self]:
        """Neighbouring bins, which share the edge between them."""
        last = len(self.edges) - 1
        cuts = np.union1d(np.arange(0, last, _PART), np.searchsorted(self.edges, values[::_PART]))
        cuts = np.append(cuts[cuts < last], last)
        for start, stop in pairwise(cuts):
            part = slice(start, stop + 1)
            yield type(self)(self.edges[part], self.above[:, part])

    def _joined(self, parts: Iterable[Self], at_most: int) -> Self:
        """Neighbours, in order, as one; `at_most` so many edges."""
        # So large a block comes from the system, page by page as it is written to, and goes back to
        # it. Bins on the heap would leave holes into which the next, grown ones do not fit.
        room = max(at_most, _ROOM)
        edges, above = np.empty(room, np.float32), np.empty((len(self.above), room))
        stop = 1
        for part in parts:
            start, stop = stop - 1, stop - 1 + len(part.edges)
            edges[start:stop], above[:, start:stop] = part.edges, part.above
        return type(self)(edges[:stop], above[:, :stop])

    def _absorb(self, values: Values, sums: Sequence[Masses], resolution: float) -> Self:
        edges = np.union1d(self.edges, self._splits(values, resolution))
        bounds = np.searchsorted(values, edges)
        above = self.at_least(edges)
        above[0] += len(values) - bounds
        for place, running in enumerate(sums, start=1):
            above[place] += running[-1] - running[bounds]
        return type(self)(edges, above)._coalesced(resolution / 2)

    def _splits(self, values: Values, resolution: float) -> Values:
        """New edges, taken from ascending values, for the bins that grow too heavy by them."""
        bounds = np.searchsorted(values, self.edges)
        met = np.diff(bounds)
        above = self.above[0] + (len(values) - bounds)
        total, upper = above[:-1] - above[1:], above[1:]
        single = _next(self.edges[:-1]) >= self.edges[1:]
        heavy = (total > resolution * upper) & (met > 0) & ~single
        rank = _ranks(above[-1], above[0], resolution)
        bin_ = np.searchsorted(-upper, -rank)  # the bin with upper <= rank < upper + total
        bin_, rank = bin_[heavy[bin_]], rank[heavy[bin_]]
        # The mass of a bin is spread over its new values, from the top.
        from_top = np.floor((rank - upper[bin_]) * met[bin_] / total[bin_]).astype(np.int64)
        chosen = values[bounds[1:][bin_] - 1 - np.minimum(from_top, met[bin_] - 1)]
        repeated = chosen[1:][chosen[1:] == chosen[:-1]]
        alone = np.concatenate([repeated, chosen[rank * resolution <= 1]])
        return np.concatenate([chosen, _next(alone)])

    def _coalesced(self, resolution: float) -> Self:
        """Neighbours joined while they stay light."""
        place = _place(self.above[0], resolution)
        kept = np.append(True, np.diff(place) != 0)  # of edges in one place, the highest
        kept[:-1] = kept[1:]
        heavy = self.masses[0] > resolution * self.above[0, 1:]
        kept[:-1] |= heavy
        kept[1:] |= heavy
        kept[0] = kept[-1] = True
        return type(self)(self.edges[kept], self.above[:, kept])


def _ranks(first: float, last: float, resolution: float) -> Masses:
    """Ranks at which edges are wanted: each one down to 1 / `resolution`, then ever fewer."""
    single = int(1 / resolution)
    start, stop = _place(np.array([first, last]), resolution)
    places = np.arange(start, stop + 1, dtype=np.float64)
    ranks = np.where(places < single, places, single * np.exp(places / single - 1))
    return ranks[(ranks >= first) & (ranks < last)]


def _place(rank: Masses, resolution: float) -> npt.NDArray[np.int64]:
    """In which of the wanted bins a rank falls, counted from the top of the ranking.

    One value a bin up to the rank 1 / `resolution`, then bins growing with the rank.
    """
    single = 1 / resolution
    grown = single * (1 + np.log(np.maximum(rank, single) / single))
    # Not scaled and unscaled: rounding would put two ranks into one place.
    return np.where(rank > single, grown, rank).astype(np.int64)


def _next(values: Any) -> Any:
    return np.nextafter(values, np.float32(np.inf))


def _previous(values: Any) -> Any:
    return np.nextafter(values, np.float32(-np.inf))

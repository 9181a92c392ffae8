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

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

RESOLUTION = 5e-6
Values = npt.NDArray[np.float32]
Masses = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Bins:
    """Masses between edges; bin i is [edges[i], edges[i + 1]).

    Attributes:
        edges: Ascending float32, shape (K + 1,).
        masses: Float64, shape (C, K): the number of values, and any further sums over them.
    """

    edges: Values
    masses: Masses

    @classmethod
    def empty(cls, sums: int, at: np.float32) -> Self:
        """One bin around a value, without mass; `sums` is C."""
        return cls(np.array([at, _next(at)], dtype=np.float32), np.zeros((sums, 1)))

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
        edges = np.union1d(wide.edges, wide._splits(values, resolution))
        bounds = np.searchsorted(values, edges)
        masses = wide._at(edges)
        masses += np.diff(np.stack([bounds, *(running[bounds] for running in sums)]))
        return type(self)(edges, masses)._coalesced(resolution / 2)

    def merge(self, other: Self, resolution: float = RESOLUTION) -> Self:
        """Both together."""
        mine = self._widened(other.edges[0], _previous(other.edges[-1]))
        theirs = other._widened(self.edges[0], _previous(self.edges[-1]))
        edges = np.union1d(mine.edges, theirs.edges)
        return type(self)(edges, mine._at(edges) + theirs._at(edges))._coalesced(resolution / 2)

    def at_least(self, thresholds: Values) -> Masses:
        """Mass of the values >= each threshold, shape (C, T)."""
        above = np.zeros((len(self.masses), len(self.edges)))
        above[:, :-1] = self.masses[:, ::-1].cumsum(axis=1)[:, ::-1]
        return np.stack([np.interp(thresholds, self.edges, row) for row in above])

    def _at(self, edges: Values) -> Masses:
        """Masses between other edges, those of a bin spread evenly over it."""
        return -np.diff(self.at_least(edges), axis=1)

    def _widened(self, low: np.float32, high: np.float32) -> Self:
        """With empty bins down to `low` and up to `high`, where there are none yet."""
        edges, masses = self.edges, self.masses
        if low < edges[0]:
            edges, masses = np.insert(edges, 0, low), np.insert(masses, 0, 0.0, axis=1)
        if high >= edges[-1]:
            edges = np.append(edges, _next(high))
            masses = np.append(masses, np.zeros((len(masses), 1)), axis=1)
        return type(self)(edges, masses)

    def _splits(self, values: Values, resolution: float) -> Values:
        """New edges, taken from ascending values, for the bins that grow too heavy by them."""
        bounds = np.searchsorted(values, self.edges)
        met = np.diff(bounds)
        total = self.masses[0] + met
        upper = np.append(total[::-1].cumsum()[::-1][1:], 0.0)  # mass above each bin
        single = _next(self.edges[:-1]) >= self.edges[1:]
        heavy = (total > resolution * upper) & (met > 0) & ~single
        rank = _ranks(float(total.sum()), resolution)
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
        above = np.append(self.masses[0, ::-1].cumsum()[::-1], 0.0)  # mass >= each edge
        place = _place(above, resolution)
        kept = np.append(True, np.diff(place) != 0)  # of edges in one place, the highest
        kept[:-1] = kept[1:]
        heavy = self.masses[0] > resolution * above[1:]
        kept[:-1] |= heavy
        kept[1:] |= heavy
        kept[0] = kept[-1] = True
        starts = np.flatnonzero(kept[:-1])
        return type(self)(self.edges[kept], np.add.reduceat(self.masses, starts, axis=1))


def _ranks(total: float, resolution: float) -> Masses:
    """Ranks at which edges are wanted: each one down to 1 / `resolution`, then ever fewer."""
    single = int(1 / resolution)
    places = np.arange(_place(np.array([total]), resolution)[0] + 1, dtype=np.float64)
    ranks = places.copy()
    ranks[single:] = single * np.exp(places[single:] / single - 1)
    return ranks[ranks < total]


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

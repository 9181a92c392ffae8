"""How many regions of normal images lie above a threshold, for all thresholds at once.

With falling threshold a region is born at each local maximum and two become one where they meet. So
regions are pixels less the edges of a maximum spanning forest of the pixel grid, an edge being met
at the lower of its two pixels.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.metrics.tally import Tally

FLOOR = 0.9
"""Regions of an image are followed down to this quantile of its map: a flood that joins a tenth of
the image has fewer regions, and that is no merit."""
ROUNDING = 1e-6
"""Of sums of binned changes."""

Map = npt.NDArray[np.float32]
_NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1))
"""One of each pair of the 8 directions."""


def region_events(map_: Map) -> tuple[Map, npt.NDArray[np.float64]]:
    """Where the number of regions above a threshold changes.

    Args:
        map_: Finite float32, shape (H, W).

    Returns:
        Ascending values v, and by how much the number of 8-connected regions of {map >= t} grows
        when t falls to v. Below the quantile `FLOOR` nothing is told.
    """
    # A value of the map, not one between two: whichever the quantile, some pixel reaches it.
    place = int(FLOOR * (map_.size - 1))
    floor = np.partition(map_, place, axis=None)[place]
    pixels = np.flatnonzero(map_ >= floor)
    values, rank = np.unique(map_.ravel()[pixels], return_inverse=True)
    changes = np.bincount(rank, minlength=len(values)).astype(np.float64)
    changes -= np.bincount(_meetings(map_.shape, pixels, rank), minlength=len(values))
    moved = changes != 0
    return values[moved], changes[moved]


def regions_above(map_: Map, thresholds: Map) -> npt.NDArray[np.float32]:
    """The number of regions of {map > t} for each threshold, shape (G,), as the events tell it."""
    values, changes = region_events(map_)
    summed = np.append(0.0, changes[::-1].cumsum())
    above = len(values) - np.searchsorted(values, thresholds, side="right")
    return summed[above].astype(np.float32)


def _meetings(
    shape: tuple[int, ...], pixels: npt.NDArray[np.intp], rank: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """The ranks of the values at which neighbours join two regions."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    one, other = _edges(shape, pixels)
    lower = np.minimum(rank[one], rank[other])
    top = int(rank.max()) + 1
    # The tree is minimal, and a weight of 0 would be no edge.
    graph = coo_array(((top - lower).astype(np.float64), (one, other)), shape=(len(rank),) * 2)
    tree = minimum_spanning_tree(graph.tocsr()).data
    return np.asarray(top - tree, dtype=np.intp)


def _edges(
    shape: tuple[int, ...], pixels: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Places in `pixels` of all pairs of neighbours."""
    height, width = shape
    places = np.full((height + 1, width + 2), -1)  # a rim around, so that no step leaves the map
    rows, columns = np.divmod(pixels, width)
    places[rows, columns + 1] = np.arange(len(pixels))
    reached = [places[rows + down, columns + 1 + right] for down, right in _NEIGHBOURS]
    ones = [np.flatnonzero(found >= 0) for found in reached]
    others = [found[found >= 0] for found in reached]
    return np.concatenate(ones), np.concatenate(others)


def lowest_thresholds(events: Tally, images: int, allowed: npt.NDArray[np.float64]) -> Map:
    """Above which values normal images have at most so many regions each, on average.

    Args:
        events: The values of `region_events` of all images, weighted by the changes.
        images: Number of normal images.
        allowed: Mean numbers of regions an image, shape (G,).

    Returns:
        For each, v such that {map > v} has at most so many regions a normal image, and so has every
        higher threshold; -inf if every threshold has. Shape (G,).
    """
    lower, _, (_, changes) = events.ranked()
    most = np.maximum.accumulate(changes[::-1].cumsum())  # at a threshold or any higher one
    beyond = np.searchsorted(most, allowed * images + ROUNDING, side="right")
    return np.append(lower[::-1], np.float32(-np.inf))[beyond]

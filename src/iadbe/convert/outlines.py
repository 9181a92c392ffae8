"""The outline of a mask as one ring of corners, such that filling it gives the mask again."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from iadbe.layouts.polygons import Mask, Points

_Corner = tuple[int, int]


def outline(mask: Mask) -> Points:
    """Trace a mask along the borders of its pixels.

    Holes and separate parts are joined to the first ring by bridges without width: there and back
    along one line, which changes nothing when filled by the even-odd rule.

    Args:
        mask: Bool, shape (height, width), not empty.

    Returns:
        Corners in pixels, shape (n, 2), x and y.
    """
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    top, left = int(rows[0]), int(columns[0])
    first, *others = _rings(mask[top : rows[-1] + 1, left : columns[-1] + 1])
    joined = [*first, first[0]] if others else first
    for ring in others:
        joined = [*joined, *ring, ring[0], first[0]]
    return np.asarray(np.array(joined, dtype=np.float64) + np.array([left, top]))


def _rings(mask: Mask) -> list[list[_Corner]]:
    """All closed borders, without corners on straight lines."""
    following = _edges(mask)
    rings = []
    while following:
        start = at = next(iter(following))
        ring = []
        while True:
            ring.append(at)
            ends = following[at]
            nearer = ends.pop()
            if not ends:
                del following[at]
            at = nearer
            if at == start:
                break
        rings.append(_corners(ring))
    return rings


def _edges(mask: Mask) -> dict[_Corner, list[_Corner]]:
    """Borders of single pixels, each from corner to corner with the mask on its right."""
    padded = np.pad(mask, 1)
    inside, above, left = padded[1:, 1:], padded[:-1, 1:], padded[1:, :-1]
    following: dict[_Corner, list[_Corner]] = defaultdict(list)
    for where, start, end in (
        (inside & ~above, (0, 0), (1, 0)),
        (above & ~inside, (1, 0), (0, 0)),
        (left & ~inside, (0, 0), (0, 1)),
        (inside & ~left, (0, 1), (0, 0)),
    ):
        for y, x in np.argwhere(where).tolist():
            following[x + start[0], y + start[1]].append((x + end[0], y + end[1]))
    return following


def _corners(ring: list[_Corner]) -> list[_Corner]:
    """Only where the border turns."""
    points = np.array(ring)
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    turns = (before != after).any(axis=1)
    return [(int(x), int(y)) for x, y in points[turns]]

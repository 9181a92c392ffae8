"""Polygons as masks.

A pixel belongs to a polygon if its centre lies inside, by the even-odd rule, so that a hole can be
cut out by a ring that is joined to the outer one. Edges on pixel borders are kept exactly. One that
is too small to hold the centre of a pixel marks the pixel that it lies in.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Corners, shape (n, 2): x and y."""
Mask = npt.NDArray[np.bool_]


def fill_polygons(polygons: Iterable[Points], height: int, width: int) -> Mask:
    """The union of polygons.

    Args:
        polygons: Corners in pixels; (0, 0) is the upper left corner of the first pixel.
        height: Of the mask, in pixels.
        width: Of the mask, in pixels.

    Returns:
        Bool, shape (height, width).
    """
    mask = np.zeros((height, width), dtype=bool)
    for polygon in polygons:
        filled = _filled(polygon, height, width)
        if not filled.any():
            x, y = np.clip(polygon.mean(axis=0), 0, (width - 1, height - 1)).astype(int)
            filled[y, x] = True
        mask |= filled
    return mask


def _filled(points: Points, height: int, width: int) -> Mask:
    """Toggle, in each row, all pixels right of each crossing edge."""
    toggles = np.zeros((height, width + 1), dtype=np.int64)
    for start, end in zip(points, np.roll(points, -1, axis=0), strict=True):
        # The same numbers in both directions: a bridge must cancel itself out.
        (x0, y0), (x1, y1) = (end, start) if start[1] > end[1] else (start, end)
        first, last = _first_centres(np.array([y0, y1]), height)
        if first >= last:
            continue
        rows = np.arange(first, last)
        crossing = x0 + (rows + 0.5 - y0) * (x1 - x0) / (y1 - y0)
        np.add.at(toggles, (rows, _first_centres(crossing, width)), 1)
    return np.asarray(np.cumsum(toggles[:, :-1], axis=1) % 2 == 1)


def _first_centres(places: Points, pixels: int) -> npt.NDArray[np.int64]:
    """The first pixel whose centre is not before each place.

    Rounded: shares with some decimals miss the centre or border of a pixel by a hair.
    """
    return np.ceil(np.round(places - 0.5, 6)).clip(0, pixels).astype(np.int64)

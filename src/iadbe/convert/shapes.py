"""From one way of saying where a defect is to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import ndimage

from iadbe.convert.outlines import outline
from iadbe.convert.pictures import Marked
from iadbe.errors import DataError
from iadbe.layouts.polygons import Mask, Points, fill_polygons
from iadbe.samples import Box

_EIGHT = np.ones((3, 3))
"""Pixels that touch by a corner belong together."""


def ring_of(marked: Marked, size: tuple[int, int]) -> Points | None:
    """One ring around a defect, in pixels; None if only its box is known.

    Several rings become one by way of a mask: exact to the pixel, not to the corner.
    """
    if len(marked.rings) == 1:
        return marked.rings[0]
    if not marked.rings and marked.mask is None:
        return None
    return outline(mask_of(marked, size))


def mask_of(marked: Marked, size: tuple[int, int]) -> Mask:
    """The pixels of a defect; those of its box if no more is known.

    Args:
        marked: The defect.
        size: Width and height of the image.

    Returns:
        Bool, shape (height, width).
    """
    if marked.mask is not None:
        return marked.mask
    return fill_polygons(marked.rings or [_corners(marked.box)], size[1], size[0])


def parts_of(mask: Mask, kind: str) -> Iterator[Marked]:
    """The connected parts of a mask, each a defect."""
    labels, _ = ndimage.label(mask, structure=_EIGHT)
    for number, (y, x) in enumerate(ndimage.find_objects(labels), start=1):
        part = np.zeros_like(mask)
        part[y, x] = labels[y, x] == number
        yield Marked(kind, (x.start, y.start, x.stop, y.stop), mask=part)


def parts(mask: Mask) -> int:
    """How many connected parts a mask has."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return 0
    marked = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]  # most of it is empty
    return int(ndimage.label(marked, structure=_EIGHT)[1])


def box_around(rings: Sequence[Points]) -> Box:
    """Left, top, right, bottom."""
    points = np.concatenate(list(rings))
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def refuse_unequal(image: object, size: tuple[int, int], other: tuple[int, int], what: str) -> None:
    """Raise DataError if what belongs to an image is of another size."""
    if size != other:
        raise DataError(
            f"{image}: is {size[0]}×{size[1]}, {what} {other[0]}×{other[1]}. Correct one of them."
        )


def _corners(box: Box) -> Points:
    left, top, right, bottom = box
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float64)

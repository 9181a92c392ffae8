"""Label files of the YOLO format: a line an object, `class x y w h` or `class x1 y1 x2 y2 x3 y3 …`.

All numbers are shares of the upright image's width and height.
Source: https://docs.ultralytics.com/datasets/detect/ and …/segment/
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from iadbe.errors import DataError
from iadbe.layouts.polygons import Points
from iadbe.samples import Box

_BOX = 4
_LEAST_CORNERS = 6
_SLACK = 1e-3
"""Tools write shares that lie past the edge by rounding."""


@dataclass(frozen=True)
class Labelled:
    """One object: its class, the box around it, and its outline (shares), if that is known."""

    kind: int
    box: Box
    polygon: Points | None = None


def read_labels(file: Path, classes: int) -> list[Labelled]:
    """The objects of an image.

    Args:
        file: Its label file; one that is missing or empty holds no object.
        classes: How many classes there are.

    Raises:
        DataError: With the line's number, if a line is malformed.
    """
    if not file.is_file():
        return []
    lines = file.read_text("utf-8").splitlines()
    return [
        _object(f"{file}: line {number}", line.split(), classes)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def _object(where: str, words: list[str], classes: int) -> Labelled:
    try:
        kind, shares = int(float(words[0])), np.array([float(word) for word in words[1:]])
    except ValueError as error:
        raise DataError(f"{where}: {error}. Write numbers, divided by blanks.") from error
    if not 0 <= kind < classes:
        raise DataError(f"{where}: class {kind} is not among the {classes} `names` of data.yaml.")
    outline = len(shares) >= _LEAST_CORNERS and len(shares) % 2 == 0
    if len(shares) != _BOX and not outline:
        raise DataError(
            f"{where}: {len(shares)} numbers after the class. A box has 4, a polygon x y pairs of "
            "3 corners or more."
        )
    points = shares.reshape(-1, 2) if outline else _corners(shares)
    if not np.isfinite(points).all() or points.min() < -_SLACK or points.max() > 1 + _SLACK:
        raise DataError(f"{where}: reaches past the image. Write shares in [0, 1], not pixels.")
    points = points.clip(0, 1)
    left, top = map(float, points.min(axis=0))
    right, bottom = map(float, points.max(axis=0))
    if not (left < right and top < bottom):
        raise DataError(f"{where}: the object has no area. Correct or remove it.")
    return Labelled(kind, (left, top, right, bottom), points if outline else None)


def _corners(box: Points) -> Points:
    """Upper left and lower right corner of a box given by centre and size."""
    return np.array([box[:2] - box[2:] / 2, box[:2] + box[2:] / 2])

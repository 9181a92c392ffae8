"""Where to put the names beside marks so that they do not cover each other."""

from __future__ import annotations

import itertools
import math

from iadbe.reporting.figures.style import NEUTRAL

_WIDTH, _HEIGHT = 380.0, 240.0
"""Pixels of a small panel: what fits there fits anywhere."""
_LETTER, _LINE = 6.8, 15.0
_MARK = 18.0

Box = tuple[float, float, float, float]


def place_labels(points: list[tuple[float, float]], names: list[str]) -> list[tuple[float, float]]:
    """Offsets of label centres from their marks, in pixels, right and down.

    Greedy, from the top: each label takes the nearest spot whose line to the mark is free too,
    else the nearest spot.

    Args:
        points: Marks as shares of the panel's width and height, from its lower left corner.
        names: The labels.
    """
    marks = [(x * _WIDTH, (1 - y) * _HEIGHT) for x, y in points]
    taken = [_box(x, y, _MARK, _MARK) for x, y in marks]
    offsets = [(0.0, 0.0)] * len(marks)
    for place in sorted(range(len(marks)), key=lambda index: marks[index][1]):
        (x, y), width = marks[place], _LETTER * len(names[place]) + 6
        spots = _spots(width)
        others = taken[:place] + taken[place + 1 :]
        ways = [(spot, _way((x, y), spot, width)) for spot in spots]
        free = (way for way in ways if all(_fits(box, others) for box in way[1]))
        offset, boxes = next(free, ways[0])
        taken += boxes
        offsets[place] = offset
    return offsets


def label(
    model: str, point: tuple[float, float], offset: tuple[float, float], name: str
) -> dict[str, object]:
    """A model's name as an annotation, with a thin line to its mark where it stands further away.

    Args:
        model: The text.
        point: The mark, in the numbers of the axes; the logarithm on a logarithmic one.
        offset: Of `place_labels`.
        name: The ending of the axes' names.
    """
    far = abs(offset[1]) > 20 or (offset[0] != 0 and offset[1] != 0)
    return {
        "text": model,
        "x": point[0],
        "y": point[1],
        "xref": f"x{name}",
        "yref": f"y{name}",
        "ax": offset[0],
        "ay": offset[1],
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": NEUTRAL if far else "rgba(0,0,0,0)",
        "standoff": 7,
    }


def _spots(width: float) -> list[tuple[float, float]]:
    """Candidate offsets, the nearest first: above, below, right and left, then further out."""
    side = (width + _MARK) / 2 + 1
    rows = [sign * (_MARK + step * _LINE) for step in range(6) for sign in (-1, 1)]
    columns = (0.0, side, -side)
    spots = [(side, 0.0), (-side, 0.0), *((x, y) for y, x in itertools.product(rows, columns))]
    return sorted(spots, key=lambda spot: math.hypot(spot[0] / 2.5, spot[1]))


def _way(mark: tuple[float, float], spot: tuple[float, float], width: float) -> list[Box]:
    """The box of a label, and small ones along the line from its mark."""
    x, y = mark
    line = [_box(x + spot[0] * part, y + spot[1] * part, 3, 3) for part in (0.4, 0.55, 0.7, 0.85)]
    return [_box(x + spot[0], y + spot[1], width, _LINE), *line]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _fits(box: Box, taken: list[Box]) -> bool:
    left, top, right, bottom = box
    inside = left >= -10 and right <= _WIDTH + 10 and top >= -_LINE and bottom <= _HEIGHT
    return inside and not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    )

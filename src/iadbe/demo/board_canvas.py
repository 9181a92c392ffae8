"""A drawing surface in shares of the image edge, four times finer than the image."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from iadbe.demo.board_layout import Point
from iadbe.demo.shapes import Array

Colour = tuple[float, float, float]
FINENESS = 4


class Bar(NamedTuple):
    """A rectangle around (x, y), turned by `turn` radians."""

    x: float
    y: float
    width: float
    height: float
    turn: float = 0.0


class Canvas:
    """Paints turned rectangles, discs, lines and words; colours are RGB in [0, 1]."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.scale = image.width
        self._pen = ImageDraw.Draw(image)

    @classmethod
    def blank(cls, size: int, colour: Colour) -> Canvas:
        """A canvas for an image of `size` pixels."""
        return cls(Image.new("RGB", (size * FINENESS,) * 2, _bytes(colour)))

    def bar(self, bar: Bar, colour: Colour) -> None:
        """A filled rectangle."""
        across, down = bar.width / 2, bar.height / 2
        corners = [(-across, -down), (across, -down), (across, down), (-across, down)]
        outline = [self._pixel(turned((bar.x, bar.y), p, bar.turn)) for p in corners]
        self._pen.polygon(outline, fill=_bytes(colour))

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle."""
        box = [self._pixel((x - radius, y - radius)), self._pixel((x + radius, y + radius))]
        self._pen.ellipse(box, fill=_bytes(colour))

    def segment(self, x: float, y: float, radius: float, turn: float, colour: Colour) -> None:
        """The part of a disc that a chord cuts off on the side `turn` points to."""
        box = [self._pixel((x - radius, y - radius)), self._pixel((x + radius, y + radius))]
        middle = math.degrees(turn)
        self._pen.chord(box, middle - 52, middle + 52, fill=_bytes(colour))

    def line(self, points: Iterable[Point], width: float, colour: Colour) -> None:
        """A polyline with round joints."""
        pixels = [self._pixel(point) for point in points]
        pen = max(1, round(width * self.scale))
        self._pen.line(pixels, fill=_bytes(colour), width=pen, joint="curve")

    def word(self, x: float, y: float, text: str, height: float, colour: Colour) -> None:
        """A word centred on (x, y)."""
        font = ImageFont.load_default(size=height * self.scale)
        self._pen.text(self._pixel((x, y)), text, fill=_bytes(colour), font=font, anchor="mm")

    def photograph(self, shift: Point, turn: float) -> Array:
        """The board moved by `shift` and turned about its middle, at the image's resolution."""
        cos, sin, middle = math.cos(turn), math.sin(turn), self.scale / 2
        dx, dy = shift[0] * self.scale + middle, shift[1] * self.scale + middle
        back = (cos, sin, middle - cos * dx - sin * dy, -sin, cos, middle + sin * dx - cos * dy)
        moved = self.image.transform(
            self.image.size,
            Image.Transform.AFFINE,
            back,
            Image.Resampling.BILINEAR,
            fillcolor=_bytes((0.10, 0.10, 0.11)),
        )
        return np.asarray(moved.reduce(FINENESS), dtype=np.float32) / np.float32(255)

    def _pixel(self, point: Point) -> Point:
        return point[0] * self.scale, point[1] * self.scale


def turned(centre: Point, offset: Point, turn: float) -> Point:
    """The place `offset` away from `centre`, after a turn of `turn` radians."""
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = offset
    return centre[0] + cos * x - sin * y, centre[1] + sin * x + cos * y


def _bytes(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (min(255, max(0, round(share * 255))) for share in colour)
    return red, green, blue

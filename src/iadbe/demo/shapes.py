"""Shapes and textures that all categories draw with.

Lengths are shares of the image edge; x grows to the right, y downwards, (0, 0) is the top left
corner. Coverages are float32 in [0, 1], antialiased over one pixel.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

Array = npt.NDArray[np.float32]
_SUPERSAMPLING = 4


def grid(size: int) -> tuple[Array, Array]:
    """The x and y of all pixel centres, float32, each of shape (size, size)."""
    centres = (np.arange(size, dtype=np.float32) + np.float32(0.5)) / np.float32(size)
    x, y = np.meshgrid(centres, centres)
    return x, y


def cover(distance: Array) -> Array:
    """The coverage of a shape given by its signed distance (negative inside), in shares."""
    return np.asarray(np.clip(0.5 - distance * len(distance), 0, 1), dtype=np.float32)


def clouds(rng: np.random.Generator, size: int, cells: int) -> Array:
    """Smooth noise of unit standard deviation with features of about 1 / `cells` of the edge."""
    coarse = rng.normal(size=(cells + 3, cells + 3))
    steps = np.linspace(1, cells + 1, size)
    rows, columns = np.meshgrid(steps, steps, indexing="ij")
    fine = ndimage.map_coordinates(coarse, [rows, columns], order=3, mode="nearest")
    return np.asarray(fine / max(float(coarse.std()), 1e-6), dtype=np.float32)


def blob(rng: np.random.Generator, x: Array, y: Array, radius: float, rough: float) -> Array:
    """Signed distance to a closed, irregular outline around the origin of `x` and `y`.

    Args:
        rng: Decides the outline.
        x: Horizontal distance from the centre, in shares.
        y: Vertical distance from the centre, in shares.
        radius: Mean radius, in shares.
        rough: Relative amplitude of the outline's waves; 0 is a circle.

    Returns:
        Distance in shares, negative inside, the shape of `x`.
    """
    angle = np.arctan2(y, x)
    waves = sum(
        rng.normal() / order * np.cos(order * angle + rng.uniform(0, 2 * np.pi))
        for order in range(2, 8)
    )
    return np.asarray(np.hypot(x, y) - radius * (1 + rough * waves), dtype=np.float32)


def curve(
    rng: np.random.Generator, start: tuple[float, float], length: float, bend: float
) -> npt.NDArray[np.float64]:
    """A line that wanders from `start`: 24 points (x, y); `bend` is radians a step."""
    turns = np.cumsum(ndimage.gaussian_filter1d(rng.normal(0, bend, 24), 2))
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    steps = np.stack([np.cos(heading), np.sin(heading)], axis=1) * length / 24
    return np.asarray(start) + np.cumsum(steps, axis=0)


def stroke(size: int, points: npt.NDArray[np.float64], width: float) -> Array:
    """The coverage of a polyline of `width` shares, shape (size, size)."""
    scale = size * _SUPERSAMPLING
    canvas = Image.new("L", (scale, scale))
    pixels = [(float(x) * scale, float(y) * scale) for x, y in points]
    pen = max(1, round(width * scale))
    ImageDraw.Draw(canvas).line(pixels, fill=255, width=pen, joint="curve")
    return np.asarray(canvas.reduce(_SUPERSAMPLING), dtype=np.float32) / np.float32(255)


def blend(image: Array, colour: npt.ArrayLike, coverage: Array) -> Array:
    """Lay a colour (RGB, or an image) over an image where `coverage` says so."""
    weight = coverage[..., None]
    return np.asarray(
        image * (1 - weight) + np.asarray(colour, dtype=np.float32) * weight, dtype=np.float32
    )


def shade(height: Array, azimuth: float) -> Array:
    """Lambertian shading of a height field by a raking light.

    Args:
        height: Heights in shares of the image edge, shape (size, size).
        azimuth: Direction the light comes from, radians, 0 from the right, clockwise.

    Returns:
        Factor around 1, the shape of `height`: above 1 where the surface faces the light.
    """
    down, right = np.gradient(height * np.float32(len(height)))
    facing = -(right * np.cos(azimuth) + down * np.sin(azimuth))
    return np.asarray((1 + facing) / np.sqrt(1 + right**2 + down**2), dtype=np.float32)

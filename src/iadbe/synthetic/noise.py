"""Perlin noise, and the blotches that it makes.

Source: Perlin, "An Image Synthesizer", SIGGRAPH 1985; thresholded and turned as in Zavrtanik et
al., "DRAEM", ICCV 2021, section 3.2.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from iadbe.synthetic.pixels import Region

_EDGE = 256
"""Noise is made this large, in pixels, and stretched: a blotch need not be sharper."""


def blotches(shape: tuple[int, int], rng: np.random.Generator) -> Region:
    """A region of irregular blotches.

    Args:
        shape: Height and width in pixels.
        rng: Draws their number, size and place.

    Returns:
        Bool, of that shape; it may be empty.
    """
    cells = tuple(2 ** rng.integers(1, 5, size=2))
    noise = perlin((_EDGE, _EDGE), (int(cells[0]), int(cells[1])), rng)
    turned = ndimage.rotate(noise, rng.uniform(-90, 90), reshape=False, order=1, mode="reflect")
    zoom = shape[0] / _EDGE, shape[1] / _EDGE
    stretched = ndimage.zoom(turned, zoom, order=1, grid_mode=True, mode="nearest")
    return np.asarray(stretched > rng.uniform(0.35, 0.55))


def perlin(
    shape: tuple[int, int], cells: tuple[int, int], rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Gradient noise in about [-1, 1].

    Args:
        shape: Height and width in pixels.
        cells: Cells of the grid down and across.
        rng: Draws the gradients.

    Returns:
        Float64, of that shape; 0 on the corners of the grid.
    """
    angles = rng.uniform(0, 2 * np.pi, (cells[0] + 1, cells[1] + 1))
    y, down = _along(shape[0], cells[0])
    x, across = _along(shape[1], cells[1])

    def corner(dy: int, dx: int) -> npt.NDArray[np.float64]:
        at = angles[np.ix_(y + dy, x + dx)]
        result = np.sin(at) * (down - dy)[:, None] + np.cos(at) * (across - dx)[None, :]
        return np.asarray(result)

    ease_y, ease_x = _ease(down)[:, None], _ease(across)[None, :]
    upper = corner(0, 0) * (1 - ease_x) + corner(0, 1) * ease_x
    lower = corner(1, 0) * (1 - ease_x) + corner(1, 1) * ease_x
    return np.asarray(np.sqrt(2) * (upper * (1 - ease_y) + lower * ease_y))


def _along(pixels: int, cells: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The cell of each pixel, and where in it."""
    place = np.arange(pixels) * cells / pixels
    cell = place.astype(np.int64)
    return cell, place - cell


def _ease(t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(6 * t**5 - 15 * t**4 + 10 * t**3)

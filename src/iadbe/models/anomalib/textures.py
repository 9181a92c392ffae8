"""Drawn textures, where a model wants a published collection that is not on this machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

_EDGE = 128


def draw_textures(folder: Path, count: int = 12) -> None:
    """Write coloured stripes, checks and clouds as PNG files.

    Args:
        folder: Gets a subfolder `drawn`, as collections sorted by class have.
        count: How many to draw; the same ones each time.
    """
    rng = np.random.default_rng(0)
    (folder / "drawn").mkdir(parents=True)
    for index in range(count):
        pixels = (_texture(rng) * 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / "drawn" / f"{index:03}.png")


def _texture(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Waves in three directions in two colours, with grain; shape (128, 128, 3), in [0, 1]."""
    rows, columns = np.mgrid[0:_EDGE, 0:_EDGE] / _EDGE
    waves = np.zeros((_EDGE, _EDGE))
    for _ in range(3):
        angle, period = rng.uniform(0, np.pi), rng.uniform(2, 24)
        along = rows * np.sin(angle) + columns * np.cos(angle)
        waves += np.sin(2 * np.pi * period * along + rng.uniform(0, 2 * np.pi))
    share = 1 / (1 + np.exp(-rng.uniform(0.5, 4) * waves))
    first, second = rng.uniform(0, 1, (2, 3))
    colour = share[..., None] * first + (1 - share[..., None]) * second
    clipped: npt.NDArray[np.float64] = np.clip(colour + rng.normal(0, 0.03, colour.shape), 0, 1)
    return clipped

"""From a scene to a photograph: uneven light, white balance, focus, sensor noise, 8 bits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from iadbe.demo.shapes import Array, grid


def expose(scene: Array, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Photograph a scene.

    Args:
        scene: RGB in [0, 1], float32 of shape (size, size, 3).
        rng: Decides light, focus and noise of this exposure.

    Returns:
        RGB, uint8 of shape (size, size, 3).
    """
    size = len(scene)
    lit = scene * _light(rng, size)[..., None] * rng.normal(1, 0.008, 3).astype(np.float32)
    blur = rng.uniform(0.35, 0.75) * size / 256
    seen = ndimage.gaussian_filter(lit, (blur, blur, 0))
    noisy = seen + _noise(rng, seen)
    return np.asarray(np.clip(noisy * 255 + 0.5, 0, 255), dtype=np.uint8)


def _light(rng: np.random.Generator, size: int) -> Array:
    """Exposure, a lamp that stands somewhat to one side, and the lens's dark corners."""
    x, y = grid(size)
    angle, slope = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.22)
    side = slope * ((x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle))
    corners = rng.uniform(0.10, 0.22) * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    return np.asarray(rng.uniform(0.88, 1.10) * (1 + side - corners), dtype=np.float32)


def _noise(rng: np.random.Generator, image: Array) -> Array:
    """Shot noise, which grows with the square root of the light, on top of read noise."""
    spread = np.sqrt(0.004**2 + 0.00008 * np.clip(image, 0, 1))
    return np.asarray(spread * rng.standard_normal(image.shape, dtype=np.float32), dtype=np.float32)

"""A patch of the image pasted elsewhere: Li et al., "CutPaste", CVPR 2021, section 3.1.

Either a rectangle of 2 to 15 % of the area, or a scar: long, thin and turned. The colours of the
patch are jittered.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.synthetic.pixels import Pixels, Region

_NOMINAL = 256
"""The edge of the images that the paper's sizes in pixels are for."""


def cut_paste(pixels: Pixels, rng: np.random.Generator) -> tuple[Pixels, Region]:
    """Paste a patch.

    Returns:
        The damaged image and the region.
    """
    height, width = pixels.shape[:2]
    if rng.random() < 0.5:
        size, angle = _patch(height, width, rng), 0.0
    else:
        scale = min(height, width) / _NOMINAL
        size = rng.uniform(10, 25) * scale * 2, rng.uniform(2, 16) * scale / 2
        angle = float(rng.uniform(-np.pi / 4, np.pi / 4))
    region = _rectangle((height, width), size, angle, rng)
    shift = [int(rng.integers(height // 8, height - height // 8 or 1)), int(rng.integers(width))]
    pasted = _jittered(np.roll(pixels, shift, axis=(0, 1)), rng)
    return np.where(region[:, :, None], pasted, pixels), region


def _patch(height: int, width: int, rng: np.random.Generator) -> tuple[float, float]:
    """Height and width, in pixels."""
    area = rng.uniform(0.02, 0.15) * height * width
    aspect = rng.uniform(0.3, 1) if rng.random() < 0.5 else rng.uniform(1, 3.3)
    return min(height * 0.9, np.sqrt(area * aspect)), min(width * 0.9, np.sqrt(area / aspect))


def _rectangle(
    shape: tuple[int, int], size: tuple[float, float], angle: float, rng: np.random.Generator
) -> Region:
    """A rectangle, turned by an angle in radians about its middle, somewhere in the image."""
    half = max(1.0, size[0] / 2), max(1.0, size[1] / 2)
    middle = [
        rng.uniform(min(h, n / 2), max(n - h, n / 2)) for h, n in zip(half, shape, strict=True)
    ]
    y = (np.arange(shape[0]) + 0.5 - middle[0])[:, None]
    x = (np.arange(shape[1]) + 0.5 - middle[1])[None, :]
    down: npt.NDArray[np.float64] = np.cos(angle) * y + np.sin(angle) * x
    across: npt.NDArray[np.float64] = np.cos(angle) * x - np.sin(angle) * y
    return np.asarray((np.abs(down) <= half[0]) & (np.abs(across) <= half[1]))


def _jittered(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Brightness and colour changed by up to a tenth, as in the paper."""
    gain = np.asarray(rng.uniform(0.9, 1.1, pixels.shape[2]), dtype=np.float32)
    shift = np.float32(rng.uniform(-0.1, 0.1))
    return np.asarray(np.clip(pixels * gain + shift, 0, 1), dtype=np.float32)

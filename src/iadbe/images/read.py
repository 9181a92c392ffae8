"""Decode and resize, the same for every model.

Images are turned upright by their EXIF tag, brought to RGB (grey repeated, alpha dropped), scaled
to [0, 1] by the range of their type (16-bit by 65535, never clipped) and resized to a square with
Pillow's antialiased bilinear filter. Masks are binarised, then resized by nearest neighbour.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

PREPROCESSING = "EXIF upright, RGB, [0, 1], resized to a square (antialiased bilinear)"
_SIXTEEN_BIT = {"I;16", "I;16B", "I;16L", "I;16N", "I"}


def read_image(path: Path, size: int) -> npt.NDArray[np.float32]:
    """Decode one image.

    Args:
        path: An image file that Pillow can read.
        size: Edge length of the square result in pixels.

    Returns:
        RGB, float32 in [0, 1], shape (size, size, 3).

    Raises:
        OSError: If the file cannot be read or decoded.
    """
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode in _SIXTEEN_BIT:
            return _read_sixteen_bit(upright, size)
        small = upright.convert("RGB").resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.float32) / np.float32(255)


def _read_sixteen_bit(image: Image.Image, size: int) -> npt.NDArray[np.float32]:
    values = Image.fromarray(np.asarray(image).astype(np.float32))
    small = np.asarray(values.resize((size, size), Image.Resampling.BILINEAR)) / np.float32(65535)
    return np.repeat(small[:, :, None], 3, axis=2)


def read_mask(path: Path, size: int) -> npt.NDArray[np.bool_]:
    """Decode one mask; any non-zero pixel is defective.

    Args:
        path: An image file; more than one channel is allowed.
        size: Edge length of the square result in pixels.

    Returns:
        Bool, shape (size, size).

    Raises:
        OSError: If the file cannot be read or decoded.
    """
    with Image.open(path) as image:
        pixels = np.asarray(image)
    defective = pixels.any(axis=2) if pixels.ndim == 3 else pixels > 0
    full = Image.fromarray(defective.astype(np.uint8))
    return np.asarray(full.resize((size, size), Image.Resampling.NEAREST)) > 0

"""Decode and resize, the same for every model.

Images are turned upright by their EXIF tag, brought to RGB (grey repeated, alpha dropped), scaled
to [0, 1] by the range of their type (16-bit by 65535, never clipped) and resized to a square with
Pillow's antialiased bilinear filter. Masks are binarised, then resized by nearest neighbour. A mask
too is turned upright by its own tag: one drawn on the upright image needs, and has, none.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageOps

PREPROCESSING = "EXIF upright, RGB, [0, 1], resized to a square (antialiased bilinear)"
_SIXTEEN_BIT = {"I;16", "I;16B", "I;16L", "I;16N", "I"}


Stored = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
"""A decoded image as it is worth keeping: see `decode`."""


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
    return to_rgb(decode(path, size))


def decode(path: Path, size: int) -> Stored:
    """Decode and resize one image, in as few bytes as lose nothing.

    Args:
        path: An image file that Pillow can read.
        size: Edge length of the square result in pixels.

    Returns:
        uint8, shape (size, size, 3); of a 16-bit image float32 in [0, 65535], shape (size, size).

    Raises:
        OSError: If the file cannot be read or decoded.
    """
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode in _SIXTEEN_BIT:
            values = Image.fromarray(np.asarray(upright).astype(np.float32))
            return np.asarray(values.resize((size, size), Image.Resampling.BILINEAR))
        return np.asarray(upright.convert("RGB").resize((size, size), Image.Resampling.BILINEAR))


def to_rgb(stored: Stored) -> npt.NDArray[np.float32]:
    """What a model sees of a decoded image.

    Args:
        stored: The result of `decode`.

    Returns:
        RGB, float32 in [0, 1], shape (size, size, 3), a new array.
    """
    if stored.ndim == 2:
        return np.repeat((stored / np.float32(65535))[:, :, None], 3, axis=2)
    return np.asarray(stored, dtype=np.float32) / np.float32(255)


def read_mask(path: Path, size: int) -> npt.NDArray[np.bool_]:
    """Decode one mask; any pixel that is not black is defective.

    Args:
        path: An image file; more than one channel, alpha or a palette are allowed.
        size: Edge length of the square result in pixels.

    Returns:
        Bool, shape (size, size).

    Raises:
        OSError: If the file cannot be read or decoded.
    """
    with Image.open(path) as image:
        defective = not_black(ImageOps.exif_transpose(image))
    full = Image.fromarray(defective.astype(np.uint8))
    return np.asarray(full.resize((size, size), Image.Resampling.NEAREST)) > 0


def not_black(image: Image.Image) -> npt.NDArray[np.bool_]:
    """Which pixels have any colour; alpha is dropped, a palette is looked up.

    Args:
        image: An image of any mode, (width, height) large.

    Returns:
        Bool, shape (height, width).
    """
    grey = image.mode in _SIXTEEN_BIT | {"1", "L"}
    if grey:
        return np.asarray(np.asarray(image) != 0)
    red, green, blue = image.convert("RGB").split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return np.asarray(np.asarray(brightest) != 0)


def refuse_unknown_range(image: Image.Image) -> None:
    """Refuse pixels that cannot be scaled to [0, 1] without guessing.

    Raises:
        ValueError: For floating-point pixels, and integers above 65535.
    """
    values = np.asarray(image.getextrema() if image.mode == "I" else 0)
    if image.mode == "F" or values.min() < 0 or values.max() > 65535:
        raise ValueError("32-bit pixels have no known range; save it with 8 or 16 bits")

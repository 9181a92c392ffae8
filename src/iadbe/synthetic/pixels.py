"""Pixels as float arrays, and back to files of the same depth."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

Pixels = npt.NDArray[np.float32]
"""Shape (height, width, channels), one channel or three, in [0, 1]."""
Region = npt.NDArray[np.bool_]
"""Shape (height, width): the damaged pixels."""


class Photo(NamedTuple):
    """Pixels, and the largest value of their type in the file: 255 or 65535."""

    pixels: Pixels
    top: int


def read_photo(path: Path) -> Photo:
    """Decode a file as `iadbe.images.read` does, but at its own size.

    Raises:
        OSError: If the file cannot be read or decoded.
    """
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode.startswith("I"):
            top, values = 65535, np.asarray(upright)[:, :, None]
        elif upright.mode in {"1", "L"}:
            top, values = 255, np.asarray(upright.convert("L"))[:, :, None]
        else:
            top, values = 255, np.asarray(upright.convert("RGB"))
    return Photo(np.clip(values.astype(np.float32) / top, 0, 1), top)


def write_photo(photo: Photo, path: Path) -> None:
    """Save as PNG of the same depth; the file is whole or not there."""
    kind = np.uint16 if photo.top > 255 else np.uint8
    values = np.rint(photo.pixels * photo.top).astype(kind)
    _save(Image.fromarray(values[:, :, 0] if values.shape[2] == 1 else values), path)


def write_region(region: Region, path: Path) -> None:
    """Save as PNG, damaged pixels white; the file is whole or not there."""
    _save(Image.fromarray(region.astype(np.uint8) * 255), path)


def _save(image: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    image.save(part, format="PNG")
    part.replace(path)

"""The size of an image as it is seen, without decoding it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

_ORIENTATION = 0x0112
_LYING = 5
"""EXIF orientations from here on turn the image by 90 degrees."""


def upright_size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels after turning by the EXIF tag; None if it is no readable image."""
    try:
        with Image.open(path) as image:
            lying = image.getexif().get(_ORIENTATION, 1) >= _LYING
            width, height = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return (height, width) if lying else (width, height)

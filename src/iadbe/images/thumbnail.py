"""Small pictures of images and masks, as bytes for the report."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

EDGE = 144
"""Edge length in pixels: some five kilobytes an image."""
_QUALITY = 78


def image_thumbnail(image: npt.NDArray[np.float32], edge: int = EDGE) -> bytes:
    """An image as a colour JPEG.

    Args:
        image: RGB in [0, 1], shape (H, W, 3).
        edge: Edge length in pixels, never above that of the image.
    """
    colours = np.rint(image * 255).astype(np.uint8)
    return _encoded(_small(colours, edge), format="JPEG", quality=_QUALITY, optimize=True)


def mask_thumbnail(mask: npt.NDArray[np.bool_] | None, edge: int = EDGE) -> bytes | None:
    """A mask as a black and white PNG; None if it is unknown or empty.

    Args:
        mask: The defect, shape (H, W).
        edge: Edge length in pixels, never above that of the mask.
    """
    if mask is None or not mask.any():
        return None
    share = np.asarray(_small((mask * 255).astype(np.uint8), edge))
    # Any share of a pixel counts: a defect of one pixel must not vanish.
    return _encoded(Image.fromarray(share > 0), format="PNG")


def _small(pixels: npt.NDArray[np.uint8], edge: int) -> Image.Image:
    picture = Image.fromarray(pixels)
    picture.thumbnail((edge, edge), Image.Resampling.BOX)
    return picture


def _encoded(picture: Image.Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, **options)
    return buffer.getvalue()

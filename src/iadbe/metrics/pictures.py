"""Thumbnails for the report, as JPEG bytes."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from iadbe.images.overlay import overlay

RGB = npt.NDArray[np.float32]
_QUALITY = 80
_OUTLINE = (0, 230, 255)
"""Cyan: rare in industrial images, and not on the Inferno scale."""
_DIM = 0.7


def image_picture(image: RGB) -> bytes:
    """The image itself; RGB in [0, 1], shape (H, W, 3)."""
    return _jpeg(Image.fromarray(np.rint(image * 255).astype(np.uint8)))


def mask_picture(image: RGB, mask: npt.NDArray[np.bool_] | None) -> bytes | None:
    """The dimmed grey image with the defect as it is and outlined; None if there is none.

    Args:
        image: RGB in [0, 1], shape (H, W, 3).
        mask: The defect, shape (H, W); None if unknown.
    """
    if mask is None or not mask.any():
        return None
    grey = np.asarray(Image.fromarray(np.rint(image * 255).astype(np.uint8)).convert("L"))
    picture = np.repeat(np.where(mask, grey, grey * _DIM)[:, :, None], 3, axis=2)
    grown = Image.fromarray(mask.astype(np.uint8)).filter(ImageFilter.MaxFilter(5))
    picture[(np.asarray(grown) > 0) & ~mask] = _OUTLINE
    return _jpeg(Image.fromarray(np.rint(picture).astype(np.uint8)))


def map_picture(image: RGB, map_: npt.NDArray[np.float32], low: float, high: float) -> bytes:
    """The heat map over the grey image; see `iadbe.images.overlay.overlay`."""
    return _jpeg(overlay(image, map_, low, high))


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()

"""Anomaly maps as people look at them: colours over the grey image."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

_OPACITY = (0.25, 0.75)
"""Of the coldest and the hottest colour: the image stays legible, a defect stands out."""


def heat_map(map_: npt.NDArray[np.float32], low: float, high: float) -> npt.NDArray[np.uint8]:
    """Colour an anomaly map on the Inferno scale, which is perceptually uniform.

    Args:
        map_: Raw anomaly map, shape (H, W).
        low: Value of the coldest colour; anything below is as cold.
        high: Value of the hottest colour; anything above is as hot.

    Returns:
        RGB, shape (H, W, 3).
    """
    return inferno()[levels(map_, low, high)]


def overlay(
    image: npt.NDArray[np.float32], map_: npt.NDArray[np.float32], low: float, high: float
) -> Image.Image:
    """Blend a heat map over the grey image, the hotter the more opaque.

    Args:
        image: RGB in [0, 1], shape (H, W, 3).
        map_: Raw anomaly map, shape (h, w); resized (bilinear) to the image.
        low: Value of the coldest colour.
        high: Value of the hottest colour.

    Returns:
        An RGB picture of the image's size.
    """
    height, width = image.shape[:2]
    grey = Image.fromarray(np.rint(image * 255).astype(np.uint8)).convert("L")
    resized = Image.fromarray(np.asarray(map_, dtype=np.float32)).resize(
        (width, height), Image.Resampling.BILINEAR
    )
    level = levels(np.asarray(resized), low, high)
    opacity = np.interp(level, (0, 255), _OPACITY)[:, :, None]
    blended = (1 - opacity) * np.asarray(grey)[:, :, None] + opacity * inferno()[level]
    return Image.fromarray(np.rint(blended).astype(np.uint8))


def levels(map_: npt.NDArray[np.float32], low: float, high: float) -> npt.NDArray[np.uint8]:
    """A raw map as 0 (`low` and below) to 255; all 0 when the scale has no width."""
    if not high > low:
        return np.zeros(map_.shape, dtype=np.uint8)
    share = (map_.astype(np.float64) - low) / (high - low)
    return np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)


@cache
def inferno() -> npt.NDArray[np.uint8]:
    """Plotly's Inferno, interpolated to 256 colours, RGB, shape (256, 3)."""
    from plotly.colors import hex_to_rgb, sequential

    stops = np.array([hex_to_rgb(colour) for colour in sequential.Inferno], dtype=np.float64)
    places, at = np.linspace(0, 1, len(stops)), np.linspace(0, 1, 256)
    channels = [np.interp(at, places, stops[:, channel]) for channel in range(3)]
    return np.rint(np.stack(channels, axis=1)).astype(np.uint8)

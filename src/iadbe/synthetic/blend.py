"""A foreign texture blended into blotches, as in DRAEM (Zavrtanik et al., ICCV 2021, eq. 1).

DRAEM takes its textures from a dataset of photographs. Here they are the image itself, cut into
tiles that are shuffled and recoloured: nothing has to be downloaded, and the scale fits.
"""

from __future__ import annotations

import numpy as np

from iadbe.synthetic.noise import blotches
from iadbe.synthetic.pixels import Pixels, Region

_TILES = 8
"""Tiles along each edge."""


def blend_texture(pixels: Pixels, rng: np.random.Generator) -> tuple[Pixels, Region]:
    """Blend a texture into an image, opacity 0.3 to 1.

    Returns:
        The damaged image and the region.
    """
    region = blotches((pixels.shape[0], pixels.shape[1]), rng)
    opacity = np.float32(rng.uniform(0.3, 1))
    texture = _recoloured(_shuffled(pixels, rng), rng)
    mixed = (1 - opacity) * pixels + opacity * texture
    return np.where(region[:, :, None], mixed, pixels), region


def _shuffled(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The image's tiles in another order; what does not fit into whole tiles stays."""
    height, width, channels = pixels.shape
    tile_h, tile_w = height // _TILES, width // _TILES
    if not (tile_h and tile_w):
        return np.ascontiguousarray(pixels[::-1, ::-1])
    inner = pixels[: tile_h * _TILES, : tile_w * _TILES]
    split = inner.reshape(_TILES, tile_h, _TILES, tile_w, channels).swapaxes(1, 2)
    tiles: Pixels = split.reshape(_TILES * _TILES, tile_h, tile_w, channels)
    shuffled: Pixels = tiles[rng.permutation(len(tiles))].reshape(split.shape)
    result = pixels.copy()
    result[: tile_h * _TILES, : tile_w * _TILES] = shuffled.swapaxes(1, 2).reshape(inner.shape)
    return result


def _recoloured(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    channels = pixels.shape[2]
    gain = np.asarray(rng.uniform(0.6, 1.4, channels), dtype=np.float32)
    offset = np.asarray(rng.uniform(-0.35, 0.35, channels), dtype=np.float32)
    mixed = pixels[:, :, rng.permutation(channels)] * gain + offset
    return np.asarray(np.clip(mixed, 0, 1), dtype=np.float32)

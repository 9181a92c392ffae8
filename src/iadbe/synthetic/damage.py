"""Damage a normal image so that it shows."""

from __future__ import annotations

import numpy as np

from iadbe.synthetic.blend import blend_texture
from iadbe.synthetic.cut_paste import cut_paste
from iadbe.synthetic.pixels import Pixels, Region

_KINDS = (blend_texture, cut_paste)
_TRIES = 20
_AREA = (0.001, 0.3)
"""Least and largest share of the image that a defect covers."""
_VISIBLE = 0.06
"""A pixel has changed if a channel differs by this share of its range."""


def damage(pixels: Pixels, rng: np.random.Generator) -> tuple[Pixels, Region]:
    """Add one synthetic defect.

    Args:
        pixels: A normal image.
        rng: Draws kind, place, shape and strength.

    Returns:
        The damaged image, and its mask: bool, shape (height, width), never empty. Outside the mask
        the image is unchanged; at least half of what the mask marks has visibly changed.
    """
    for _ in range(_TRIES):
        kind = _KINDS[int(rng.integers(len(_KINDS)))]
        damaged, region = kind(pixels, rng)
        if _shows(pixels, damaged, region):
            return damaged, region
    return _inverted(pixels, rng)


def _shows(before: Pixels, after: Pixels, region: Region) -> bool:
    area = region.mean()
    if not _AREA[0] <= area <= _AREA[1] or region.sum() < 4:
        return False
    changed = np.abs(after[region] - before[region]).max(axis=1) > _VISIBLE
    return bool(changed.mean() >= 0.5)


def _inverted(pixels: Pixels, rng: np.random.Generator) -> tuple[Pixels, Region]:
    """The last resort, for images that are nearly of one colour or tiny: a spot, much lighter."""
    height, width = pixels.shape[:2]
    tall, wide = max(1, height // 8), max(1, width // 8)
    top, left = int(rng.integers(height - tall + 1)), int(rng.integers(width - wide + 1))
    region = np.zeros((height, width), dtype=bool)
    region[top : top + tall, left : left + wide] = True
    moved = np.where(pixels < 0.5, pixels + 0.5, pixels - 0.5)
    return np.where(region[:, :, None], moved, pixels).astype(np.float32), region

"""Heat-map overlays of scored photos, drawn one at a time as they are saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from iadbe.datasets.anomaly_maps import AnomalyMaps, Maps
from iadbe.images.overlay import overlay
from iadbe.images.read import read_image

LONGEST_SIDE = 1024
"""Pixels; larger photos get an overlay of this size."""
COLDEST, HOTTEST = 1.0, 99.5
"""Percentiles of all maps that get the ends of the one colour scale."""
_IMAGES, _STEP = 64, 4


def overlay_stems(paths: Iterable[str]) -> list[str]:
    """The stem of each path; one that is taken, in whatever case, gets a number."""
    stems: dict[str, str] = {}
    for path in paths:
        plain, number = Path(path).stem, 1
        stem = plain
        while stem.casefold() in stems:
            number += 1
            stem = f"{plain}_{number}"
        stems[stem.casefold()] = stem
    return list(stems.values())


def draw_overlays(
    images: pd.DataFrame, stems: list[str], maps: AnomalyMaps
) -> dict[str, Callable[[], Image.Image]]:
    """One picture a photo, in its proportions; all share one colour scale.

    Args:
        images: sample_id, image_path, and height and width of the upright photo.
        stems: The name of each one's picture, without suffix.
        maps: Their anomaly maps.

    Returns:
        By stem, functions that draw, so that a thousand photos never are in memory at once.
    """
    low, high = _scale(maps)
    rows = images[["image_path", "sample_id", "width", "height"]].to_numpy().tolist()
    return {
        stem: partial(_draw, Path(path), _size(*size), maps[sample_id], low, high)
        for stem, (path, sample_id, *size) in zip(stems, rows, strict=True)
    }


def _scale(maps: AnomalyMaps) -> tuple[float, float]:
    thinned: list[Maps] = [block[:, ::_STEP, ::_STEP].ravel() for _, block in maps.chunks(_IMAGES)]
    low, high = np.percentile(np.concatenate(thinned), [COLDEST, HOTTEST])
    return float(low), float(high)


def _size(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _draw(path: Path, size: tuple[int, int], map_: Maps, low: float, high: float) -> Image.Image:
    square = overlay(read_image(path, max(size)), map_, low, high)
    return square.resize(size, Image.Resampling.BILINEAR)

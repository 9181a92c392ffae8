"""A tiny dataset drawn on the spot: grey textures, the anomalous ones with a bright blob."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from PIL import Image

from iadbe.schemas import NORMAL, SamplesSchema

COUNTS = {("train", 0): 20, ("train", 1): 6, ("test", 0): 4, ("test", 1): 4}
"""Samples by split and label."""


def draw_dataset(folder: Path, size: int) -> pd.DataFrame:
    """Draw images and masks.

    Args:
        folder: An existing empty folder.
        size: Edge of the images in pixels.

    Returns:
        Their manifest (`iadbe.schemas.SamplesSchema`), normal samples before anomalous ones.
    """
    rng = np.random.default_rng(0)
    rows = [
        {"split": split, **_draw_sample(folder / f"{split}_{label}_{n}.png", label, size, rng)}
        for (split, label), count in COUNTS.items()
        for n in range(count)
    ]
    return SamplesSchema.validate(pd.DataFrame(rows))


def _draw_sample(path: Path, label: int, size: int, rng: np.random.Generator) -> dict[str, Any]:
    """Draw one image, with its mask beside it if anomalous; return its row but for the split."""
    pixels = _texture(size, rng)
    mask_path, boxes = None, None
    if label:
        mask, box = _blob(size, rng)
        pixels[mask] = 1.0
        mask_path, boxes = str(path.with_suffix(".mask.png")), json.dumps([box])
        Image.fromarray(mask.astype(np.uint8) * 255).save(mask_path)
    Image.fromarray((pixels * 255).astype(np.uint8)).convert("RGB").save(path)
    return {
        "sample_id": path.name,
        "dataset": "drawn",
        "category": "texture",
        "label": label,
        "defect_type": "blob" if label else NORMAL,
        "image_path": str(path),
        "mask_path": mask_path,
        "boxes": boxes,
        "height": size,
        "width": size,
        "sha256": "",
        "mask_sha256": None,
    }


def _texture(size: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Crossed waves with noise, in [0.1, 0.7]."""
    along = np.sin(np.arange(size) / 3 + rng.uniform(0, 1))
    waves = 0.4 + 0.2 * np.outer(along, along)
    return np.clip(waves + rng.normal(0, 0.02, (size, size)), 0.1, 0.7)


def _blob(size: int, rng: np.random.Generator) -> tuple[npt.NDArray[np.bool_], list[float]]:
    """A disc's mask, and the box around it as shares of width and height."""
    radius = size // 8
    x, y = (int(v) for v in rng.integers(radius, size - radius, 2))
    rows, columns = np.ogrid[:size, :size]
    mask = (rows - y) ** 2 + (columns - x) ** 2 < radius**2
    edges = [x - radius, y - radius, x + radius, y + radius]
    return mask, [edge / size for edge in edges]

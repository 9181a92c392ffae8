"""A tiny dataset drawn on the spot: grey textures, the anomalous ones with a bright blob.

It lies as MVTec AD does, so that a model that reads labels off paths finds them here, too.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from PIL import Image

from iadbe.schemas import NORMAL, OPTIONAL_SAMPLE_COLUMNS, SamplesSchema

COUNTS = {("train", 0): 20, ("train", 1): 6, ("test", 0): 4, ("test", 1): 4}
"""Samples by split and label."""


def draw_dataset(folder: Path, size: int) -> pd.DataFrame:
    """Draw images and masks below `texture/{train,test}` and `texture/ground_truth`.

    Args:
        folder: An existing empty folder.
        size: Edge of the images in pixels.

    Returns:
        Their manifest (`iadbe.schemas.SamplesSchema`), normal samples before anomalous ones.
    """
    rng = np.random.default_rng(0)
    rows = [
        {"split": split, **_draw_sample(folder / "texture", f"{split}/{n:03d}", label, size, rng)}
        for (split, label), count in COUNTS.items()
        for n in range(count)
    ]
    return SamplesSchema.validate(pd.DataFrame(rows))


def copied_elsewhere(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Copy the images of a drawn dataset to numbered names, without masks or anything else.

    Args:
        frame: Their manifest.
        folder: An existing empty folder.

    Returns:
        The manifest of the copies, in the same order, without masks and boxes.
    """
    numbers = frame.groupby("split").cumcount()
    names = [f"{split}/{n:04d}.png" for split, n in zip(frame["split"], numbers, strict=True)]
    for name, image in zip(names, frame["image_path"], strict=True):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(image, folder / name)
    paths = [str(folder / name) for name in names]
    return frame.assign(sample_id=names, image_path=paths, mask_path=None, boxes=None)


def _draw_sample(
    root: Path, place: str, label: int, size: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Draw one image, and its mask if it is anomalous; return its row but for the split."""
    kind = "blob" if label else NORMAL
    split, name = place.split("/")
    path = root / split / kind / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = _texture(size, rng)
    mask_path, boxes = None, None
    if label:
        mask, box = _blob(size, rng)
        pixels[mask] = 1.0
        mask_path, boxes = _mask_path(root, split, name), json.dumps([box])
        Image.fromarray(mask.astype(np.uint8) * 255).save(mask_path)
    Image.fromarray((pixels * 255).astype(np.uint8)).convert("RGB").save(path)
    return {
        "sample_id": path.relative_to(root.parent).as_posix(),
        "dataset": "drawn",
        "category": "texture",
        "label": label,
        "defect_type": kind,
        "image_path": str(path),
        "mask_path": mask_path,
        "boxes": boxes,
        "height": size,
        "width": size,
        "sha256": "",
        "mask_sha256": None,
        **OPTIONAL_SAMPLE_COLUMNS,
    }


def _mask_path(root: Path, split: str, name: str) -> str:
    """MVTec AD's place for a mask; it has none of training images."""
    folder = root / "ground_truth" / ("blob" if split == "test" else f"{split}_blob")
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / f"{name}_mask.png")


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

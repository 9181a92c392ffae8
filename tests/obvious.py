"""Defects that no model can miss: a toy's result shall be a result, not degenerate by guessing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def make_obvious(root: Path) -> None:
    """Paint the defects of drawn images (layout `mvtec_ad`) in a colour that nothing else has.

    Args:
        root: The dataset's folder, whose masks say where the defects are.
    """
    for file in sorted(root.glob("*/ground_truth/*/*_mask.png")):
        category, defect = file.parents[2], file.parent.name
        name = file.name.replace("_mask", "")
        for split in ("test", "train"):
            image = category / split / defect / name
            if image.is_file():
                _paint(image, np.asarray(Image.open(file).convert("L")) > 0)


def _paint(file: Path, mask: np.ndarray) -> None:
    pixels = np.asarray(Image.open(file).convert("RGB")).copy()
    pixels[mask] = (255, 0, 0)
    Image.fromarray(pixels).save(file)

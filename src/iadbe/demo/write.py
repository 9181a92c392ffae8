"""One category on disk, in the MVTec AD layout that `iadbe.layouts.mvtec_ad` reads."""

from __future__ import annotations

import json
import os
from collections import ChainMap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from iadbe.demo.arguments import Arguments
from iadbe.demo.flaw import boxes_around
from iadbe.demo.picture import CATEGORIES, Picture
from iadbe.samples import Box
from iadbe.schemas import NORMAL

FIRST_TRAIN_DEFECT = 100
"""Anomalous training images count from here, so that their stems differ from the test images'."""


def write_category(folder: Path, category: str, arguments: Arguments) -> None:
    """Draw all pictures of a category into an empty folder: images, masks, `boxes.json`."""

    def write(picture: Picture) -> dict[str, list[Box]]:
        return _write(folder, picture, arguments.size)

    # Most of the work is done in libraries that release the interpreter.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        boxes = dict(ChainMap(*pool.map(write, _pictures(category, arguments))))
    text = json.dumps(boxes, indent=1, sort_keys=True)
    (folder / "boxes.json").write_text(text + "\n", encoding="utf-8")


def _write(folder: Path, picture: Picture, size: int) -> dict[str, list[Box]]:
    """Draw one picture, and its mask if it has a defect; its boxes by its path."""
    stem = f"{picture.index + _first(picture):03d}"
    path = f"{picture.split}/{picture.defect}/{stem}.png"
    image, mask = picture.draw(size)
    _save(folder / path, image)
    if mask is None:
        return {}
    _save(folder / "ground_truth" / picture.defect / f"{stem}_mask.png", mask)
    return {path: boxes_around(mask)}


def _pictures(category: str, arguments: Arguments) -> Iterator[Picture]:
    """All pictures of a category; anomalous ones are dealt evenly over the defect types."""
    normal = {"train": arguments.n_train, "test": arguments.n_test_normal}
    anomalous = {"train": arguments.n_train_anomalous, "test": arguments.n_test_anomalous}
    defects = CATEGORIES[category].defects
    for split in ("train", "test"):
        for index in range(normal[split]):
            yield Picture(arguments.seed, category, split, NORMAL, index)
        for place in range(anomalous[split]):
            index, kind = divmod(place, len(defects))
            yield Picture(arguments.seed, category, split, defects[kind], index)


def _first(picture: Picture) -> int:
    return FIRST_TRAIN_DEFECT if picture.split == "train" and picture.defect != NORMAL else 0


def _save(path: Path, pixels: npt.NDArray[np.uint8] | npt.NDArray[np.bool_]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = pixels.astype(np.uint8) * np.uint8(255) if pixels.dtype == bool else pixels
    Image.fromarray(shown).save(path, format="PNG", compress_level=1)

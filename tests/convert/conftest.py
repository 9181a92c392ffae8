"""A small dataset in each format."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from .drawn import odd_mask, photo


@pytest.fixture
def yolo(tmp_path: Path) -> Path:
    root = tmp_path / "yolo"
    labels = {
        "train/a": "0 0.5 0.4 0.25 0.2\n1 0.123456 0.2 0.1 0.1\n",
        "train/sub/b": "",
        "val/a": "1 0.1 0.1 0.5 0.15 0.45 0.6 0.05 0.7\n",
        "val/c": None,
    }
    for name, text in labels.items():
        photo(root / f"images/{name}.png")
        if text is not None:
            file = root / f"labels/{name}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    photo(root / "images/unused/z.png")
    (root / "data.yaml").write_text(
        "path: .\ntrain: images/train\nval: images/val\nnames: [scratch, dent]\n"
    )
    return root


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    root = tmp_path / "folders"
    for name in ("train/good/0", "train/good/deep/1", "test/good/0", "test/dent/0", "test/cut/7"):
        photo(root / f"{name}.png")
    for name in ("dent/0", "cut/7"):
        file = root / f"ground_truth/{name}_mask.png"
        file.parent.mkdir(parents=True)
        Image.fromarray(odd_mask().astype(np.uint8) * 255).save(file)
    return root


@pytest.fixture
def coco(tmp_path: Path) -> Path:
    root = tmp_path / "coco"
    photo(root / "images/train/x.png")
    photo(root / "images/train/y.png")
    content = {
        "images": [
            {"id": 5, "file_name": "x.png", "width": 40, "height": 30},
            {"id": 9, "file_name": "y.png", "width": 40, "height": 30},
        ],
        "annotations": [
            {"id": 1, "image_id": 5, "category_id": 3, "bbox": [4, 6, 10.5, 7]},
            {
                "id": 2,
                "image_id": 5,
                "category_id": 2,
                "bbox": [20, 10, 10, 10],
                "segmentation": [[20, 10, 30, 10, 30, 20], [21, 12, 24, 19, 21, 19]],
            },
        ],
        "categories": [{"id": 3, "name": "dent"}, {"id": 2, "name": "scratch"}],
    }
    (root / "annotations").mkdir()
    (root / "annotations/instances_train.json").write_text(json.dumps(content))
    return root

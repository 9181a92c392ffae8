"""Read the YOLO format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from iadbe.convert.pictures import Marked, Picture, Pictures, split_named
from iadbe.layouts.yolo import label_file
from iadbe.layouts.yolo_labels import Labelled, read_labels
from iadbe.layouts.yolo_yaml import read_yolo, yaml_file


def read_yolo_format(source: Path) -> Pictures:
    """Read a folder with `data.yaml`, or that file.

    Raises:
        DataError: If it is not there or malformed.
    """
    yolo = read_yolo(yaml_file(source, None))
    kinds = tuple(yolo.names.get(n, f"class_{n}") for n in range(max(yolo.names) + 1))
    # Some name one folder twice, as `val` and `test`: each image is of one split all the same.
    splits = {path: split for split in ("val", "test", "train") for path in yolo.images[split]}
    pictures = [_picture(path, split, _name(path), kinds) for path, split in splits.items()]
    return Pictures(kinds, tuple(pictures))


def _picture(path: Path, split: str, name: str, kinds: Sequence[str]) -> Picture:
    def read() -> Sequence[Marked]:
        objects = read_labels(label_file(path), len(kinds))
        return [_marked(item, picture.size, kinds) for item in objects]

    picture = Picture(path, split, name, read)
    return picture


def _marked(item: Labelled, size: tuple[int, int], kinds: Sequence[str]) -> Marked:
    scale = np.array(size, dtype=np.float64)
    left, top, right, bottom = (np.array(item.box) * np.tile(scale, 2)).tolist()
    rings = () if item.polygon is None else (item.polygon * scale,)
    return Marked(kinds[item.kind], (left, top, right, bottom), rings)


def _name(path: Path) -> str:
    """The path without what only says where images of a split lie.

    It is `images/<split>/<name>` or, as Roboflow has it, `<split>/images/<name>`.
    """
    parts = path.parts[:-1]
    if "images" not in parts:
        return path.name
    below = path.parts[len(parts) - parts[::-1].index("images") :]
    return "/".join(below[1:] if len(below) > 1 and split_named(below[0]) else below)

"""Write the YOLO format.

`data.yaml` names no `path`: Ultralytics then takes its own folder, wherever that is moved to.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

import numpy as np
import yaml

from iadbe.convert.pictures import Losses, Marked, Picture, Pictures
from iadbe.convert.shapes import ring_of
from iadbe.convert.target import Target
from iadbe.layouts.yolo_yaml import SPLITS

BOXES_FROM = "outlines were written as the boxes around them"
PARTS = "objects of several parts or with holes were drawn to the pixel, as one ring"


def write_yolo_format(
    pictures: Pictures, target: Target, losses: Losses, *, boxes: bool = False
) -> None:
    """Write images, labels and `data.yaml`.

    Args:
        pictures: What was read.
        target: The new folder.
        losses: To be told what cannot be kept.
        boxes: Whether to write boxes where outlines are known.
    """
    numbers = {kind: number for number, kind in enumerate(pictures.kinds)}
    for picture in pictures.pictures:
        name = PurePosixPath(picture.split, picture.name)
        target.place(picture.path, f"images/{name}")
        lines = [_line(item, numbers[item.kind], picture, losses, boxes) for item in picture.read()]
        target.text(f"labels/{name.with_suffix('.txt')}", "".join(lines))
    used = {picture.split for picture in pictures.pictures}
    splits = [split for split in SPLITS if split in used]
    content = {split: f"images/{split}" for split in splits}
    if "val" not in splits and "test" in splits:
        content["val"] = content["test"]  # Ultralytics refuses a file without `val`
    names = {"names": dict(enumerate(pictures.kinds))}
    target.text("data.yaml", yaml.safe_dump(content | names, sort_keys=False, allow_unicode=True))


def _line(item: Marked, number: int, picture: Picture, losses: Losses, boxes: bool) -> str:
    width, height = picture.size
    ring = None if boxes else ring_of(item, picture.size)
    if ring is None:
        if item.rings or item.mask is not None:
            losses.note(BOXES_FROM, picture.path)
        left, top, right, bottom = item.box
        shares = [(left + right) / 2 / width, (top + bottom) / 2 / height]
        shares += [(right - left) / width, (bottom - top) / height]
        return _joined(number, shares)
    if len(item.rings) > 1:
        losses.note(PARTS, picture.path)
    return _joined(number, (ring / np.array([width, height])).ravel().tolist())


def _joined(number: int, shares: Iterable[float]) -> str:
    return " ".join([str(number), *(f"{min(max(share, 0), 1):.9g}" for share in shares)]) + "\n"

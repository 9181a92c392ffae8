"""Write COCO: `images/<split>/…` and `annotations/instances_<split>.json`."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from iadbe.convert.pictures import Losses, Marked, Picture, Pictures
from iadbe.convert.run_lengths import encode
from iadbe.convert.target import Target

LEFT_OUT = "outlines and masks were left out"


def write_coco_format(
    pictures: Pictures, target: Target, losses: Losses, *, boxes: bool = False
) -> None:
    """Write images and a JSON file a split; masks are run-length encoded.

    Args:
        pictures: What was read.
        target: The new folder.
        losses: To be told what cannot be kept.
        boxes: Whether to leave outlines and masks out.
    """
    numbers = {kind: number for number, kind in enumerate(pictures.kinds, start=1)}
    for split in dict.fromkeys(picture.split for picture in pictures.pictures):
        images: list[dict[str, Any]] = []
        annotations: list[dict[str, Any]] = []
        for picture in pictures.pictures:
            if picture.split != split:
                continue
            images.append(_image(picture, target, len(images) + 1))
            for item in picture.read():
                shape = {} if boxes else _shape(item)
                if boxes and (item.rings or item.mask is not None):
                    losses.note(LEFT_OUT, picture.path)
                facts = {"id": len(annotations) + 1, "image_id": len(images)}
                annotations.append(
                    facts | {"category_id": numbers[item.kind], "iscrowd": 0} | _box(item) | shape
                )
        categories = [{"id": number, "name": kind} for kind, number in numbers.items()]
        content = {"images": images, "annotations": annotations, "categories": categories}
        text = json.dumps(content, ensure_ascii=False)
        target.text(f"annotations/instances_{split}.json", text)


def _image(picture: Picture, target: Target, number: int) -> dict[str, Any]:
    name = f"images/{picture.split}/{picture.name}"
    target.place(picture.path, name)
    width, height = picture.size
    return {"id": number, "file_name": name, "width": width, "height": height}


def _box(item: Marked) -> dict[str, Any]:
    left, top, right, bottom = (float(edge) for edge in item.box)
    width, height = right - left, bottom - top
    return {"bbox": [left, top, width, height], "area": _area(item, width * height)}


def _area(item: Marked, box: float) -> float:
    """In square pixels; of overlapping rings, the sum."""
    if item.mask is not None:
        return float(item.mask.sum())
    if not item.rings:
        return box
    return float(sum(_shoelace(*ring.T) for ring in item.rings))


def _shoelace(x: np.ndarray, y: np.ndarray) -> float:
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def _shape(item: Marked) -> dict[str, Any]:
    if item.mask is not None:
        return {"segmentation": {"counts": encode(item.mask), "size": list(item.mask.shape)}}
    return {"segmentation": [ring.ravel().tolist() for ring in item.rings]}

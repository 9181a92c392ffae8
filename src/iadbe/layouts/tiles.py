"""Cut labelled images into tiles, so that images which all have defects give normal samples, too.

A tile that no object reaches into is normal. One that shows a good part of an object is anomalous.
Left out are those that show but a sliver, as nobody could say what they are, and those of a single
colour: there are many alike, in both splits and with either label.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from iadbe.images.inspect import stamp
from iadbe.layouts.found import Found, id_of
from iadbe.layouts.upright import upright_size
from iadbe.layouts.yolo_labels import Labelled
from iadbe.samples import Box

_VISIBLE = 0.2
"""Least share of an object, or of the tile, that is seen in the tile."""
_PLAIN = {"1", "L", "P", "RGB", "RGBA", "LA", "I;16"}
"""Pillow's modes that PNG holds."""


class Tile(NamedTuple):
    """Where a tile lies, in pixels, and the objects seen in it with their boxes as its shares."""

    name: str
    area: tuple[int, int, int, int]
    seen: list[tuple[Labelled, Box]]


def tiles_of(size: tuple[int, int], objects: Sequence[Labelled], count: int) -> list[Tile]:
    """The tiles of an image that are clearly normal or clearly anomalous.

    Args:
        size: Width and height in pixels.
        objects: What is marked in the image.
        count: Tiles along each edge.
    """
    columns, rows = ([round(n * place / count) for place in range(count + 1)] for n in size)
    tiles = []
    for (row, (top, bottom)), (column, (left, right)) in product(
        enumerate(pairwise(rows)), enumerate(pairwise(columns))
    ):
        area = left, top, right, bottom
        parts = [(item, _part(item.box, area, size)) for item in objects]
        touching = [(item, part) for item, part in parts if part is not None]
        seen = [(item, part[0]) for item, part in touching if part[1] >= _VISIBLE]
        if seen or not touching:
            tiles.append(Tile(f"r{row}c{column}", area, seen))
    return tiles


def _part(
    box: Box, area: tuple[int, int, int, int], size: tuple[int, int]
) -> tuple[Box, float] | None:
    """The part of a box in a tile, as shares of the tile, and how much of either it is."""
    width, height = size
    x0, x1 = max(box[0] * width, area[0]), min(box[2] * width, area[2])
    y0, y1 = max(box[1] * height, area[1]), min(box[3] * height, area[3])
    if x0 >= x1 or y0 >= y1:
        return None
    wide, tall = area[2] - area[0], area[3] - area[1]
    whole = (box[2] - box[0]) * width * (box[3] - box[1]) * height
    inside = (
        (x0 - area[0]) / wide,
        (y0 - area[1]) / tall,
        (x1 - area[0]) / wide,
        (y1 - area[1]) / tall,
    )
    return inside, (x1 - x0) * (y1 - y0) / min(whole, wide * tall)


def cut(
    item: Found, objects: Sequence[Labelled], count: int, root: Path, cache: Path
) -> list[tuple[Found, list[Labelled]]]:
    """Cut an image, and its mask, into files in the cache; done once.

    Returns:
        Each tile that is kept with the objects in it, the defect type yet to be set; the image
        itself if it cannot be read: ingestion says so.
    """
    if (size := upright_size(item.path)) is None:
        return [(item, list(objects))]
    tiles = tiles_of(size, objects, count)
    images = _cropped(item.path, tiles, cache)
    masks = _cropped(item.mask, tiles, cache) if item.mask else [None] * len(tiles)
    return [
        (
            replace(
                item,
                path=image,
                mask=mask if tile.seen else None,
                boxes=json.dumps([box for _, box in tile.seen]) if tile.seen else None,
                sample_id=f"{id_of(item, root)}/{tile.name}",
            ),
            [labelled for labelled, _ in tile.seen],
        )
        for tile, image, mask in zip(tiles, images, masks, strict=True)
        if not _is_plain(image) and not (tile.seen and mask and _is_plain(mask))
    ]


def _is_plain(file: Path) -> bool:
    """Whether all pixels are the same: an image that shows nothing, a mask that marks nothing."""
    with Image.open(file) as image:
        pixels = np.asarray(image)
    return bool((pixels == pixels[0, 0]).all())


def _cropped(source: Path, tiles: Sequence[Tile], cache: Path) -> list[Path]:
    facts = repr((str(source), stamp(str(source)), [tile.area for tile in tiles]))
    digest = hashlib.sha256(facts.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    folder = cache / "tiles" / f"{source.stem}_{digest}"
    files = [folder / f"{source.stem}_{tile.name}.png" for tile in tiles]
    if not all(file.is_file() for file in files):
        folder.mkdir(parents=True, exist_ok=True)
        with Image.open(source) as opened:
            upright = ImageOps.exif_transpose(opened)
        whole = upright if upright.mode in _PLAIN else upright.convert("RGB")
        for tile, file in zip(tiles, files, strict=True):
            part = file.with_name(f".{file.name}.{os.getpid()}.part")
            whole.crop(tile.area).save(part, format="PNG")
            part.replace(file)
    return files

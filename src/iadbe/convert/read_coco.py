"""Read COCO: a JSON file, or a folder with some, one a split."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import numpy as np

from iadbe.convert.coco_file import CocoAnnotation, CocoFile, CocoImage, CocoRuns, load_coco
from iadbe.convert.pictures import Marked, Picture, Pictures, split_named
from iadbe.convert.run_lengths import decode
from iadbe.convert.shapes import box_around, refuse_unequal
from iadbe.errors import DataError

_PLACES = ("annotations/*.json", "*.json", "*/*.coco.json")


def read_coco_format(source: Path) -> Pictures:
    """Read COCO.

    Args:
        source: A JSON file, or a folder with `annotations/*.json`, `*.json` or, as Roboflow writes
            it, `<split>/_annotations.coco.json`.

    Raises:
        DataError: If there is none, it is malformed, or an image is missing.
    """
    files = [source] if source.is_file() else _files(source)
    contents = [(file, load_coco(file)) for file in files]
    pictures = [picture for file, coco in contents for picture in _pictures(file, source, coco)]
    if not pictures:
        raise DataError(f"{source}: no images in {', '.join(file.name for file in files)}.")
    ids: dict[str, int] = {}
    for _, coco in contents:
        for kind in sorted(coco.categories, key=lambda kind: kind.id):
            ids.setdefault(kind.name, kind.id)
    return Pictures(tuple(sorted(ids, key=lambda name: ids[name])), tuple(pictures))


def _files(folder: Path) -> list[Path]:
    for pattern in _PLACES:
        if found := sorted(folder.glob(pattern)):
            return found
    raise DataError(f"{folder}: no COCO file in it or in annotations/. Correct FROM.")


def _split(file: Path) -> str:
    """What the file's name or its folder's says; train if neither does."""
    words = [*re.split(r"[^A-Za-z]+", file.stem), file.parent.name]
    return next((split for word in words if (split := split_named(word))), "train")


def _pictures(file: Path, source: Path, coco: CocoFile) -> list[Picture]:
    kinds = {kind.id: kind.name for kind in coco.categories}
    objects: dict[int | str, list[CocoAnnotation]] = defaultdict(list)
    for item in coco.annotations:
        objects[item.image_id].append(item)
    split = _split(file)
    return [
        _picture(file, source, image, split, kinds, objects.get(image.id, []))
        for image in coco.images
    ]


def _picture(  # noqa: PLR0913, PLR0917
    file: Path,
    source: Path,
    image: CocoImage,
    split: str,
    kinds: dict[int, str],
    objects: Sequence[CocoAnnotation],
) -> Picture:
    path = _image(file, source, image.file_name, split)

    def read() -> Sequence[Marked]:
        refuse_unequal(path, picture.size, (image.width, image.height), f"by {file.name}")
        return [_marked(file, image, item, kinds[item.category_id]) for item in objects]

    picture = Picture(path, split, _name(image.file_name, split), read)
    return picture


def _image(file: Path, source: Path, name: str, split: str) -> Path:
    root = source.parent if source.is_file() else source
    folders = [file.parent, root, root / "images", root / "images" / split, root / split]
    folders += [
        file.parent.parent / "images",
        file.parent.parent,
        file.parent.parent / "images" / split,
    ]
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise DataError(f"{file}: its image '{name}' is not in {root} or images/. Put it there.")


def _name(file_name: str, split: str) -> str:
    """The path without what only says where images of this split lie."""
    parts = [part for part in PurePosixPath(file_name).parts if part not in {"/", "..", "."}]
    if len(parts) > 1 and parts[0] == "images":
        parts = parts[1:]
    if len(parts) > 1 and split_named(parts[0]) == split:
        parts = parts[1:]
    return "/".join(parts)


def _marked(file: Path, image: CocoImage, item: CocoAnnotation, kind: str) -> Marked:
    if isinstance(item.segmentation, CocoRuns):
        return _masked(file, image, item.segmentation, kind)
    if item.segmentation:
        rings = tuple(_ring(file, image, points) for points in item.segmentation)
        return Marked(kind, _box(item) or box_around(rings), rings)
    if (box := _box(item)) is None:
        raise DataError(f"{file}: an object of '{image.file_name}' has no place. Remove it.")
    return Marked(kind, box)


def _ring(file: Path, image: CocoImage, points: list[float]) -> np.ndarray:
    if len(points) < 6 or len(points) % 2:
        raise DataError(
            f"{file}: a polygon of '{image.file_name}' has {len(points)} numbers, not x y pairs of "
            "3 corners or more. Correct it."
        )
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def _masked(file: Path, image: CocoImage, runs: CocoRuns, kind: str) -> Marked:
    try:
        mask = decode(runs.counts, image.height, image.width)
    except ValueError as error:
        raise DataError(f"{file}: a mask of '{image.file_name}': {error}. Correct it.") from error
    if not mask.any():
        raise DataError(f"{file}: a mask of '{image.file_name}' marks nothing. Remove it.")
    y, x = np.nonzero(mask)
    box = float(x.min()), float(y.min()), float(x.max() + 1), float(y.max() + 1)
    return Marked(kind, box, mask=mask)


def _box(item: CocoAnnotation) -> tuple[float, float, float, float] | None:
    if item.bbox is None or item.bbox[2] <= 0 or item.bbox[3] <= 0:
        return None
    left, top, width, height = item.bbox
    return left, top, left + width, top + height

"""The YOLO layout: `data.yaml` with images, and label files with boxes or polygons.

Images without an object are normal. The defect type is the class's name; of two classes, both names
joined by `+`; of more, `multiple`. The splits val and test both are the test split. Boxes go into
the manifest; if all objects of a category have polygons, masks are drawn from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import Field

from iadbe.errors import DataError
from iadbe.layouts.complete_splits import TestShare, complete_splits
from iadbe.layouts.found import Found, category_folder, frame_of, name_below
from iadbe.layouts.groups import grouped
from iadbe.layouts.held_out import held_out, seeded
from iadbe.layouts.polygon_masks import with_masks
from iadbe.layouts.tiles import cut
from iadbe.layouts.yolo_labels import Labelled, read_labels
from iadbe.layouts.yolo_yaml import YoloSet, read_yolo, yaml_file
from iadbe.schemas import NORMAL

MULTIPLE = "multiple"
"""The defect type of an image with objects of more classes than are worth naming."""
_NAMED = 2


def index(  # noqa: PLR0913 - each option of the layout
    root: Path,
    category: str,
    *,
    cache: Path,
    data: str | None = None,
    test_share: TestShare = 0.2,
    group: str | None = None,
    tiles: Annotated[int, Field(ge=1, le=64)] = 1,
) -> pd.DataFrame:
    """List the samples of a category.

    Args:
        root: Folder of the dataset, or its `data.yaml`.
        category: Folder below it, or any name if `data.yaml` lies in `root` itself.
        cache: Folder for masks drawn from polygons.
        data: Name of the .yaml file, if it is not `data.yaml`.
        test_share: Share of the images held out for test, if `data.yaml` has neither val nor test.
        group: Regular expression with one group on the path: images of one stay in one split.
        tiles: Cut each image into so many tiles along each edge: where all images have defects,
            tiles without any are the normal samples.

    Returns:
        One row an image: see `iadbe.layouts.mvtec_ad.index`; also group and synthetic.

    Raises:
        AbsentCategoryError: If other categories are there and this one is not.
        DataError: If `data.yaml`, images or labels are missing or malformed.
    """
    root = root.absolute()
    base = root.parent if root.is_file() else category_folder(root, category, data or "*.y*ml")
    yolo = read_yolo(yaml_file(root if root.is_file() else base, data))
    labels = _labels(yolo)
    found = [
        _found(yolo, path, split, labels[path])
        for split, paths in yolo.images.items()
        for path in dict.fromkeys(paths)
    ]
    _refuse_in_two(yolo, found)
    found = with_masks(grouped(found, base, group), labels, cache)
    if not any(item.split == "test" for item in found):
        found = _drawn(found, base, category, test_share)
    top = base if root.is_file() else root
    if tiles > 1:
        found = _tiled(yolo, found, labels, tiles, top, cache)
    complete = complete_splits(found, top, category, share=test_share, cache=cache)
    return frame_of(complete, top, category)


def label_file(image: Path) -> Path:
    """`images/` → `labels/`, the last folder of that name, and the suffix `.txt`."""
    parts = list(image.parts)
    if "images" in parts[:-1]:
        parts[len(parts) - 2 - parts[-2::-1].index("images")] = "labels"
    return Path(*parts).with_suffix(".txt")


def _labels(yolo: YoloSet) -> dict[Path, list[Labelled]]:
    images = [path for paths in yolo.images.values() for path in paths]
    if not any(label_file(path).is_file() for path in images):
        raise DataError(
            f"{yolo.file}: no label file, e.g. {label_file(images[0])}. Labels lie in `labels/` as "
            "the images do in `images/`; for images without any use the layout `folder`."
        )
    classes = max(yolo.names) + 1
    return {path: read_labels(label_file(path), classes) for path in images}


def _found(yolo: YoloSet, path: Path, split: str, objects: Sequence[Labelled]) -> Found:
    return Found(
        path,
        _defect_type(yolo, objects),
        "train" if split == "train" else "test",
        boxes=json.dumps([item.box for item in objects]) if objects else None,
    )


def _defect_type(yolo: YoloSet, objects: Sequence[Labelled]) -> str:
    kinds = sorted({yolo.names.get(item.kind, str(item.kind)) for item in objects})
    if kinds == [NORMAL]:  # a class of that name is a defect all the same
        return f"{NORMAL}_defect"
    return ("+".join(kinds) or NORMAL) if len(kinds) <= _NAMED else MULTIPLE


def _refuse_in_two(yolo: YoloSet, found: Sequence[Found]) -> None:
    seen: dict[Path, Found] = {}
    for item in found:
        other = seen.setdefault(item.path, item)
        if other.split != item.split:
            raise DataError(f"{yolo.file}: {item.path} is in train and in val or test. Keep one.")


def _drawn(found: list[Found], base: Path, category: str, share: float) -> list[Found]:
    """Hold out a share of all images, anomalous ones too: a supervised model needs both."""
    ordered = sorted(found, key=lambda item: name_below(item.path, base))
    units = [item.group or name_below(item.path, base) for item in ordered]
    chosen = held_out(units, round(share * len(units)), seeded("test", category))
    return [
        replace(item, split="test" if unit in chosen else "train")
        for item, unit in zip(ordered, units, strict=True)
    ]


def _tiled(  # noqa: PLR0913, PLR0917
    yolo: YoloSet,
    found: Sequence[Found],
    labels: Mapping[Path, list[Labelled]],
    count: int,
    root: Path,
    cache: Path,
) -> list[Found]:
    return [
        replace(tile, defect_type=_defect_type(yolo, seen))
        for item in found
        for tile, seen in cut(item, labels[item.path], count, root, cache)
    ]

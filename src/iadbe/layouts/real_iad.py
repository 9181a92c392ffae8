"""The Real-IAD layout: the official split files are read as they are.

```
realiad_jsons/<split>/<category>.json              or realiad_jsons/<category>.json
realiad_<resolution>/<category>/OK/S0001/<category>_0001_OK_C1_<time>.jpg
realiad_<resolution>/<category>/NG/<defect type>/S0001/<…>_NG_<defect type>_C1_<time>.{jpg,png}
```

A split file holds `meta` with the normal class, and lists `train` and `test` of entries with
`anomaly_class`, `image_path` and `mask_path` below the category. `realiad_jsons` is the split of
the paper for models that see normal images only, over all five views; `realiad_jsons_sv` has one
view; `realiad_jsons_fuiad_0.1` and its like mix anomalous images into training, which IADBE shows
to supervised models only. `group` is the folder of the five views of one part. A view of a
defective part on which no defect is to be seen is normal, as the split files say.
Source: Wang et al., "Real-IAD: A Real-World Multi-View Dataset for Benchmarking Versatile
Industrial Anomaly Detection", CVPR 2024.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import BaseModel, Field, ValidationError

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.inside import inside
from iadbe.layouts.listing import Listed, frame_of, refuse_missing, refuse_one_sided
from iadbe.layouts.official_category import check_category, dataset_folder

JSONS = "realiad_jsons"
Resolution = Literal[256, 512, 1024, "raw"]


class _Meta(BaseModel):
    normal_class: str = "OK"


class _Entry(BaseModel):
    anomaly_class: str
    image_path: str
    mask_path: str | None = None


class _Split(BaseModel):
    meta: _Meta = Field(default_factory=_Meta)
    train: list[_Entry]
    test: list[_Entry]


def index(
    root: Path, category: str, *, resolution: Resolution = 256, split: str = JSONS
) -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset, which holds `realiad_jsons` and `realiad_<resolution>`.
        category: Name of a split file and of a folder, e.g. `audiojack`.
        resolution: Edge of the images in pixels, or `raw` for the originals.
        split: Folder of split files in `realiad_jsons`.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        AbsentCategoryError: If the category has no split file or no folder of images.
        DataError: If a split file is malformed, or files that it names are missing.
    """
    root = dataset_folder(root)
    file = _split_file(root, split, category)
    images = _image_folder(root, resolution, category)
    content = _read(file)
    listed = [
        _listed(file, images, entry, part, content.meta.normal_class)
        for part, entries in (("train", content.train), ("test", content.test))
        for entry in entries
    ]
    refuse_one_sided(file, listed, "train", "test")
    refuse_missing(images, (item.path for item in listed), "image")
    refuse_missing(images, (item.mask for item in listed if item.mask), "mask")
    return frame_of(root, category, listed)


def _split_file(root: Path, split: str, category: str) -> Path:
    places = [root / JSONS / split, root / JSONS] if split == JSONS else [root / JSONS / split]
    found = next((place for place in places if any(place.glob("*.json"))), None)
    if found is None:
        raise DataError(f"{places[0]}: no split files. Unpack realiad_jsons.zip into {root}.")
    there = sorted(path.stem for path in found.glob("*.json"))
    check_category(root, "real_iad", category, there)
    if category not in there:
        file = found / f"{category}.json"
        raise AbsentCategoryError(f"{file}: no such split file. Unpack realiad_jsons again.")
    return found / f"{category}.json"


def _image_folder(root: Path, resolution: Resolution, category: str) -> Path:
    folder = root / f"realiad_{resolution}" / category
    if not folder.is_dir():
        there = sorted(path.name.removeprefix("realiad_") for path in root.glob("realiad_*"))
        known = ", ".join(name for name in there if name != "jsons") or "none"
        raise AbsentCategoryError(
            f"{folder}: no such folder. Resolutions there: {known}. Unpack {category}.zip into "
            f"{folder.parent}, or set `resolution` in the catalog."
        )
    return folder


def _read(file: Path) -> _Split:
    try:
        return _Split.model_validate_json(file.read_bytes())
    except ValidationError as error:
        fault = error.errors()[0]
        where = " → ".join(map(str, fault["loc"])) or "the file"
        raise DataError(f"{file}: {where}: {fault['msg']}. Unpack realiad_jsons again.") from error


def _listed(file: Path, images: Path, entry: _Entry, part: str, normal: str) -> Listed:
    path = inside(images, entry.image_path, str(file))
    group = f"{images.name}/{path.parent.relative_to(images).as_posix()}"
    if entry.anomaly_class == normal:
        return Listed(path, split=part, group=group)
    if not entry.mask_path:
        message = f"{file}: {entry.image_path} is anomalous and has no mask_path. Add it."
        raise DataError(message)
    mask = inside(images, entry.mask_path, str(file))
    return Listed(path, entry.anomaly_class, part, mask=mask, group=group)

"""The VisA layout: the official split file is read as it is, nothing is copied.

```
split_csv/1cls.csv                          object,split,label,image,mask
<category>/Data/Images/Normal/0000.JPG
<category>/Data/Images/Anomaly/000.JPG
<category>/Data/Masks/Anomaly/000.png
```

`1cls` is the official split for models that see normal images only. `2cls_highshot` and
`2cls_fewshot` have labelled anomalous training images for supervised models. The one defect type
is named `anomaly`, as in the split file. Masks number the kinds of defects; all that is not black
counts.
Source: Zou et al., "SPot-the-Difference Self-Supervised Pre-training for Anomaly Detection and
Segmentation", ECCV 2022.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.inside import inside
from iadbe.layouts.listing import Listed, frame_of, refuse_missing, refuse_one_sided
from iadbe.layouts.official_category import check_category, dataset_folder, get
from iadbe.schemas import NORMAL

COLUMNS = ["object", "split", "label", "image", "mask"]
DEFECT_TYPES = {"normal": NORMAL, "anomaly": "anomaly"}
"""Label of the split file: our defect type."""


def index(root: Path, category: str, *, split: str = "1cls") -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset, which holds `split_csv`.
        category: Value of the column `object`, e.g. `candle`.
        split: Name of a file in `split_csv`, without `.csv`.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        AbsentCategoryError: If the split file names no such category, or none of its images is
            there.
        DataError: If the split file is missing or malformed, or files that it names are missing.
    """
    root = dataset_folder(root)
    file = root / "split_csv" / f"{split}.csv"
    table = _read(file)
    check_category(root, "visa", category, sorted({row.object for row in table}))
    listed = [_listed(root, row) for row in table if row.object == category]
    refuse_one_sided(file, listed, category, category)
    if not any(item.path.is_file() for item in listed):
        raise AbsentCategoryError(f"{root / category}: no image of it. {get('visa')} into {root}.")
    refuse_missing(root, (item.path for item in listed), "image")
    refuse_missing(root, (item.mask for item in listed if item.mask), "mask")
    return frame_of(root, category, listed)


class _Row(NamedTuple):
    """One line of the split file."""

    where: str
    object: str
    split: str
    label: str
    image: str
    mask: str


def _read(file: Path) -> list[_Row]:
    if not file.is_file():
        there = ", ".join(sorted(path.stem for path in file.parent.glob("*.csv"))) or "none"
        raise DataError(
            f"{file}: no such split file; there are: {there}. It belongs to the VisA archive, "
            "next to the categories."
        )
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise DataError(
                f"{file}: no column {', '.join(missing)}; VisA has {','.join(COLUMNS)}. "
                "Unpack the archive again."
            )
        return [
            _Row(f"{file}: line {reader.line_num}", *(line[name] or "" for name in COLUMNS))
            for line in reader
        ]


def _listed(root: Path, row: _Row) -> Listed:
    if row.split not in ("train", "test") or row.label not in DEFECT_TYPES:
        raise DataError(
            f"{row.where}: split '{row.split}', label '{row.label}': write train or test, normal "
            "or anomaly."
        )
    anomalous = row.label == "anomaly"
    if anomalous and row.split == "test" and not row.mask:
        raise DataError(f"{row.where}: an anomalous test image without a mask. Add its path.")
    mask = inside(root, row.mask, row.where) if anomalous and row.mask else None
    path = inside(root, row.image, row.where)
    return Listed(path, DEFECT_TYPES[row.label], row.split, mask=mask)

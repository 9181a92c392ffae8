"""The MVTec AD layout, with our extension for labelled anomalous training images.

```
<category>/train/good/000.png
<category>/test/good/000.png
<category>/test/<defect type>/000.png
<category>/ground_truth/<defect type>/000_mask.png
```

Extension: `<category>/train/<defect type>/` holds anomalous training images for supervised models.
Their masks, if any, lie in `ground_truth/<defect type>/` too, so their stems differ from those in
`test/<defect type>/`. An optional `<category>/boxes.json` maps paths below the category to boxes:
`{"test/<defect type>/000.png": [[left, top, right, bottom], ...]}`, shares in [0, 1].

Hidden files, files without an image suffix and `ground_truth/good` are ignored.
Source: Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 129, 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.boxes_json import read_boxes
from iadbe.layouts.image_files import ImageFile, folders_in, images_of
from iadbe.layouts.mask_files import pair_masks
from iadbe.schemas import NORMAL


def index(root: Path, category: str) -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset.
        category: Name of a folder below `root`.

    Returns:
        One row an image, sorted by `sample_id` (POSIX path below `root`), with the columns
        category, split (`train` or `test`), label (0 or 1), defect_type (`good` if normal),
        image_path (absolute), mask_path (absolute, or None) and boxes (JSON, or None).

    Raises:
        AbsentCategoryError: If there is no such category.
        DataError: If folders, images or masks are missing, masks and images do not pair, or
            `boxes.json` is malformed.
    """
    root = root.absolute()
    folder = _category_folder(root, category)
    images = images_of(folder)
    _refuse_empty(folder, images)
    masks = pair_masks(folder, images)
    boxes = read_boxes(folder, [image.path for image in images if image.label])
    rows = [
        {
            "sample_id": image.path.relative_to(root).as_posix(),
            "category": category,
            "split": image.split,
            "label": image.label,
            "defect_type": image.defect_type,
            "image_path": str(image.path),
            "mask_path": masks.get(image.path),
            "boxes": boxes.get(image.path),
        }
        for image in images
    ]
    frame = pd.DataFrame(rows, dtype=object).astype({"label": "int8"})
    return frame.sort_values("sample_id", ignore_index=True)


def categories(root: Path) -> list[str]:
    """The categories below a dataset's folder: its folders that hold `train` or `test`, sorted.

    Raises:
        DataError: If there is no such folder.
    """
    if not root.is_dir():
        raise DataError(f"{root}: no such dataset folder. Put the images there or change its path.")
    return [
        child.name
        for child in folders_in(root)
        if (child / "train").is_dir() or (child / "test").is_dir()
    ]


def _category_folder(root: Path, category: str) -> Path:
    known = categories(root)
    if category not in known:
        near = get_close_matches(category, known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        there = ", ".join(known) or "none; a category is a folder that holds train/ and test/"
        raise AbsentCategoryError(
            f"{root / category}: no category '{category}'.{hint} There are: {there}."
        )
    return root / category


def _refuse_empty(folder: Path, images: Sequence[ImageFile]) -> None:
    if not any(image.split == "train" and not image.label for image in images):
        place = folder / "train" / NORMAL
        raise DataError(f"{place}: no images. Put the normal training images (png, jpg, …) there.")
    if not any(image.split == "test" for image in images):
        place = folder / "test"
        message = f"{place}: no images in folders below it. Put normal test images in "
        raise DataError(f"{message}{place / NORMAL}, anomalous ones in {place}/<defect type>.")

"""The MVTec LOCO AD layout.

```
<category>/train/good/000.png
<category>/validation/good/000.png
<category>/test/{good,logical_anomalies,structural_anomalies}/000.png
<category>/ground_truth/{logical_anomalies,structural_anomalies}/000/000.png, 001.png, …
```

An image has a mask for each of its defects. The manifest has one mask an image, so several are
united into one in a folder outside the dataset: all that is not black counts. Region metrics treat
that union as exact, so they are no sPRO of the paper, which asks for a part of a logical anomaly
only. The official validation images are the split `val`.
Source: Bergmann et al., "Beyond Dents and Scratches: Logical Constraints in Unsupervised Anomaly
Detection and Localization", IJCV 130, 2022.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from iadbe.errors import DataError
from iadbe.layouts.found import some
from iadbe.layouts.image_files import folders_in, images_in
from iadbe.layouts.listing import Listed, frame_of, refuse_one_sided
from iadbe.layouts.official_category import official_folder
from iadbe.layouts.united_masks import unite
from iadbe.schemas import NORMAL

SPLITS = {"train": "train", "validation": "val", "test": "test"}
"""Official folder: our split."""


def index(root: Path, category: str, *, cache: Path) -> pd.DataFrame:
    """List the samples of a category; masks are opened where an image has several.

    Args:
        root: Folder of the dataset.
        category: Name of a folder below `root`, e.g. `breakfast_box`.
        cache: Folder for united masks, outside the dataset.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        DataError: If folders, images or masks are missing, do not pair, or cannot be read.
    """
    folder = official_folder(root, "mvtec_loco", category)
    listed = [
        Listed(path, kind.name, split, mask=_mask(folder, path, cache))
        for official, split in SPLITS.items()
        for kind in folders_in(folder / official)
        for path in images_in(kind)
    ]
    refuse_one_sided(folder, listed, "train/good", "test")
    _refuse_strays(folder)
    return frame_of(root.absolute(), category, listed)


def _mask(folder: Path, image: Path, cache: Path) -> Path | None:
    if image.parent.name == NORMAL:
        return None
    place = folder / "ground_truth" / image.parent.name / image.stem
    masks = images_in(place)
    if not masks:
        raise DataError(f"{place}: no masks for {image.name}. Is the download complete?")
    return masks[0] if len(masks) == 1 else unite(masks, cache)


def _refuse_strays(folder: Path) -> None:
    strays = [
        place
        for kind in folders_in(folder / "ground_truth")
        for place in folders_in(kind)
        if not any(path.stem == place.name for path in images_in(folder / "test" / kind.name))
    ]
    if strays:
        where = f"masks without an image ({some(strays, folder)})"
        raise DataError(f"{folder}: {len(strays)} folders of {where}. Remove them.")

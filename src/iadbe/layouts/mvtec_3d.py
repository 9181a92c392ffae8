"""The MVTec 3D-AD layout; models see the RGB images.

```
<category>/train/good/{rgb/000.png,xyz/000.tiff}
<category>/validation/good/{rgb/000.png,xyz/000.tiff}
<category>/test/good/{rgb/000.png,xyz/000.tiff,gt/000.png}
<category>/test/<defect type>/{rgb/000.png,xyz/000.tiff,gt/000.png}
```

The path of the xyz image goes to `depth_path`. The masks of normal images, which are black, are not
used. `combined` (several defects in one image) is a defect type like the others. The official
validation images are the split `val`, so the training split is that of the paper.
Source: Bergmann et al., "The MVTec 3D-AD Dataset for Unsupervised 3D Anomaly Detection and
Localization", VISAPP 2022.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from iadbe.layouts.image_files import folders_in, images_in
from iadbe.layouts.listing import Listed, frame_of, refuse_missing, refuse_one_sided
from iadbe.layouts.official_category import official_folder
from iadbe.layouts.stem_pairs import pair_by_stem
from iadbe.schemas import NORMAL

SPLITS = {"train": "train", "validation": "val", "test": "test"}
"""Official folder: our split."""


def index(root: Path, category: str) -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset.
        category: Name of a folder below `root`, e.g. `bagel`.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        DataError: If folders, images, masks or depth images are missing, or do not pair.
    """
    folder = official_folder(root, "mvtec_3d", category)
    listed = [
        item
        for official, split in SPLITS.items()
        for kind in folders_in(folder / official)
        for item in _images(folder, kind, split)
    ]
    refuse_one_sided(folder, listed, "train/good/rgb", "test")
    refuse_missing(folder, (item.depth for item in listed if item.depth), "depth image")
    return frame_of(root.absolute(), category, listed)


def _images(folder: Path, kind: Path, split: str) -> list[Listed]:
    images = images_in(kind / "rgb")
    normal = kind.name == NORMAL
    masks = {} if normal else pair_by_stem(folder, images, images_in(kind / "gt"))
    return [
        Listed(path, kind.name, split, mask=masks.get(path), depth=_depth(kind, path))
        for path in images
    ]


def _depth(kind: Path, image: Path) -> Path:
    return kind / "xyz" / f"{image.stem}.tiff"

"""The MVTec AD 2 layout.

```
<category>/train/good/000_regular.png
<category>/validation/good/000_regular.png
<category>/test_public/good/000_regular.png
<category>/test_public/bad/000_regular.png
<category>/test_public/ground_truth/bad/000_regular_mask.png
<category>/test_private/000_regular.png                          no labels: not used
<category>/test_private_mixed/000_mixed.png                      no labels: not used
```

The test split is the public one: the private ones have no labels and can be scored by the authors'
server only (https://benchmark.mvtec.com). The official validation images are the split `val`. The
one defect type is named `bad`.
Source: Heckler-Kram et al., "The MVTec AD 2 Dataset: Advanced Scenarios for Unsupervised Anomaly
Detection", 2025.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from iadbe.layouts.image_files import images_in
from iadbe.layouts.listing import Listed, frame_of, refuse_one_sided
from iadbe.layouts.official_category import official_folder
from iadbe.layouts.stem_pairs import pair_by_stem
from iadbe.schemas import NORMAL

DEFECT = "bad"
TEST = "test_public"
SPLITS = {"train": "train", "validation": "val", TEST: "test"}
"""Official folder: our split."""


def index(root: Path, category: str) -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset.
        category: Name of a folder below `root`, e.g. `sheet_metal`.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        DataError: If folders, images or masks are missing, or images and masks do not pair.
    """
    folder = official_folder(root, "mvtec_ad_2", category)
    listed = _images(folder)
    refuse_one_sided(folder, listed, "train/good", TEST)
    return frame_of(root.absolute(), category, listed)


def _images(folder: Path) -> list[Listed]:
    defective = images_in(folder / TEST / DEFECT)
    masks = images_in(folder / TEST / "ground_truth" / DEFECT)
    paired = pair_by_stem(folder, defective, masks, suffix="_mask")
    normal = [
        Listed(path, split=split)
        for official, split in SPLITS.items()
        for path in images_in(folder / official / NORMAL)
    ]
    return normal + [Listed(path, DEFECT, "test", mask=paired[path]) for path in defective]

"""The BTech layout (beanTech Anomaly Detection, BTAD).

```
<category>/train/ok/0000.bmp
<category>/test/ok/0000.bmp
<category>/test/ko/0000.bmp
<category>/ground_truth/ko/0000.png
```

Categories are `01`, `02` and `03`: in YAML write them in quotes. Suffixes differ between and within
categories (bmp, png), so images and masks pair by stem. The one defect type is named `ko`.
Source: Mishra et al., "VT-ADL: A Vision Transformer Network for Image Anomaly Detection and
Localization", ISIE 2021.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from iadbe.layouts.image_files import images_in
from iadbe.layouts.listing import Listed, frame_of, refuse_one_sided
from iadbe.layouts.official_category import official_folder
from iadbe.layouts.stem_pairs import pair_by_stem

DEFECT = "ko"


def index(root: Path, category: str) -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset.
        category: `01`, `02` or `03`.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        DataError: If folders, images or masks are missing, or images and masks do not pair.
    """
    folder = official_folder(root, "btech", category)
    listed = _images(folder)
    refuse_one_sided(folder, listed, "train/ok", "test")
    return frame_of(root.absolute(), category, listed)


def _images(folder: Path) -> list[Listed]:
    defective = images_in(folder / "test" / DEFECT)
    masks = images_in(folder / "ground_truth" / DEFECT)
    paired = pair_by_stem(folder, defective, masks)
    normal = [
        Listed(path, split=split)
        for split in ("train", "test")
        for path in images_in(folder / split / "ok")
    ]
    return normal + [Listed(path, DEFECT, "test", mask=paired[path]) for path in defective]

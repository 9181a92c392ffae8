"""The KolektorSDD layout: one category, `kolektor`.

```
kos01/Part0.jpg
kos01/Part0_label.bmp
```

An image is anomalous if its mask is not black, so the masks are opened (about 250 MB in all).

The dataset has no official split for models that see normal images only. This is the split of
Anomalib, bit by bit, which the original benchmark used: all anomalous images are test images, and
of the normal ones, sorted by name, scikit-learn's `train_test_split(train_size=0.8,
random_state=42)` takes the training images. `group` stays empty: nearly every item (`kos01` …) has
a defective shot, so keeping the shots of an item in one split would leave nothing to train on. The
shots of an item show different parts of its surface.
Source: Tabernik et al., "Segmentation-Based Deep-Learning Approach for Surface-Defect Detection",
Journal of Intelligent Manufacturing 31, 2020.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from PIL import Image, UnidentifiedImageError

from iadbe.errors import DataError
from iadbe.images.read import not_black
from iadbe.layouts.image_files import folders_in, images_in
from iadbe.layouts.listing import Listed, frame_of
from iadbe.layouts.official_category import check_category, dataset_folder
from iadbe.layouts.stem_pairs import pair_by_stem

CATEGORY = "kolektor"
DEFECT = "defect"
TRAIN_SHARE = 0.8
SEED = 42
_MASK = "_label"


def index(root: Path, category: str = CATEGORY) -> pd.DataFrame:
    """List the samples; masks are opened, images are not.

    Args:
        root: Folder of the dataset, which holds `kos01` to `kos50`.
        category: `kolektor`.

    Returns:
        See `iadbe.layouts.listing.frame_of`.

    Raises:
        DataError: If folders, images or masks are missing or do not pair, a mask cannot be read,
            or there are too few normal images to split.
    """
    root = dataset_folder(root)
    check_category(root, "kolektor", category, [])
    pairs = [pair for item in folders_in(root) for pair in _pairs(root, item)]
    marked = {image for image, mask in pairs if _marks_something(mask)}
    train = _train([image for image, _ in pairs if image not in marked], root)
    listed = [
        Listed(image, DEFECT, "test", mask=mask)
        if image in marked
        else Listed(image, split="train" if image in train else "test")
        for image, mask in pairs
    ]
    return frame_of(root, category, listed)


def _pairs(root: Path, item: Path) -> list[tuple[Path, Path]]:
    """Images of an item and their masks."""
    files = images_in(item)
    masks = [path for path in files if path.stem.endswith(_MASK)]
    images = [path for path in files if not path.stem.endswith(_MASK)]
    return list(pair_by_stem(root, images, masks, suffix=_MASK).items())


def _marks_something(mask: Path) -> bool:
    try:
        with Image.open(mask) as image:
            return bool(not_black(image).any())
    except (OSError, UnidentifiedImageError) as error:
        raise DataError(f"{mask}: cannot be read ({error}). Unpack the archive again.") from error


def _train(normal: list[Path], root: Path) -> set[Path]:
    """The normal images to train on."""
    from sklearn.model_selection import train_test_split

    if len(normal) < 2:
        raise DataError(
            f"{root}: {len(normal)} normal images in folders below it. "
            "Put kos01/Part0.jpg, kos01/Part0_label.bmp, … there."
        )
    ordered = sorted(normal, key=str)
    train, _ = train_test_split(ordered, train_size=TRAIN_SHARE, random_state=SEED)
    return set(train)

"""The folder layout: one's own images, in folders of any name.

```yaml
screws.raw:
  type: iadbe.datasets.raw_images.RawImagesDataset
  filepath: data/01_raw/screws
  layout: folder
  options:
    normal_dir: ok
    abnormal_dir: [scratch, dent]   # several: one defect type each; `defects/*` works, too
    mask_dir: masks
```

Folders lie below `<filepath>/<category>`, or `<filepath>` where there is no folder of that name.
All folders below them are searched. Without `abnormal_dir` anomalies are made synthetically.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from iadbe.errors import DataError
from iadbe.layouts.complete_splits import TestShare, complete_splits
from iadbe.layouts.found import Found, category_folder, frame_of, name_below
from iadbe.layouts.groups import grouped
from iadbe.layouts.own_folders import Names, folders_named, images_below, refuse_no_images
from iadbe.layouts.own_masks import pair_own_masks


def index(  # noqa: PLR0913 - each option of the layout
    root: Path,
    category: str,
    *,
    cache: Path,
    normal_dir: Names = "good",
    abnormal_dir: Names | None = None,
    normal_test_dir: Names | None = None,
    mask_dir: Names | None = None,
    test_share: TestShare = 0.2,
    group: str | None = None,
) -> pd.DataFrame:
    r"""List the samples of a category.

    Args:
        root: Folder of the dataset.
        category: Folder below it, or any name if its folders lie in `root` itself.
        cache: Folder for synthetic anomalies.
        normal_dir: Folders of normal images.
        abnormal_dir: Folders of anomalous images; the defect type is the folder's name.
        normal_test_dir: Folders of normal test images; without it, some of `normal_dir` are.
        mask_dir: Folders of masks, paired by relative path and stem, with or without `_mask`.
        test_share: Share of the normal images that is held out for the test split.
        group: Regular expression with one group, e.g. `part_(\d+)_`, searched in the path below
            the category's folder: images of one group stay in one split.

    Returns:
        One row an image: see `iadbe.layouts.mvtec_ad.index`; also group and synthetic.

    Raises:
        AbsentCategoryError: If other categories are there and this one is not.
        DataError: If folders, images or masks are missing or do not fit each other.
        ConfigError: If `group` is malformed.
    """
    root = root.absolute()
    first = normal_dir if isinstance(normal_dir, str) else next(iter(normal_dir), None)
    base = category_folder(root, category, first)
    named = {
        option: folders_named(base, names, option, root, category)
        for option, names in (
            ("normal_dir", normal_dir),
            ("abnormal_dir", abnormal_dir),
            ("normal_test_dir", normal_test_dir),
            ("mask_dir", mask_dir),
        )
    }
    found = grouped(_found(named, base), base, group)
    complete = complete_splits(found, root, category, share=test_share, cache=cache)
    return frame_of(complete, root, category)


def _found(named: Mapping[str, list[Path]], base: Path) -> list[Found]:
    every = [folder for folders in named.values() for folder in folders]
    split = "train" if named["normal_test_dir"] else None
    found = [Found(path, split=split) for path in _images(named["normal_dir"], every, "normal_dir")]
    test = _images(named["normal_test_dir"], every, "normal_test_dir")
    found += [Found(path, split="test") for path in test]
    found += _abnormal(named["abnormal_dir"], named["mask_dir"], every, base)
    _refuse_twice(found, base)
    return found


def _images(folders: Sequence[Path], every: Sequence[Path], option: str) -> list[Path]:
    images: list[Path] = []
    for folder in folders:
        below = images_below(folder, every)
        refuse_no_images(folder, below, option)
        images += below
    return images


def _abnormal(
    folders: Sequence[Path], mask_folders: Sequence[Path], every: Sequence[Path], base: Path
) -> list[Found]:
    images = {folder: _images([folder], every, "abnormal_dir") for folder in folders}
    masks = pair_own_masks(images, mask_folders, base)
    names = [folder.name for folder in folders]
    return [
        Found(path, _defect_type(folder, names, base), "test", masks.get(path))
        for folder, members in images.items()
        for path in members
    ]


def _defect_type(folder: Path, names: Sequence[str], base: Path) -> str:
    """The folder's name; where two folders share it, or it is `good`, their path."""
    plain = folder.name != "good" and names.count(folder.name) == 1
    return folder.name if plain else f"{name_below(folder, base)}".replace("/", "_")


def _refuse_twice(found: Sequence[Found], base: Path) -> None:
    seen: dict[Path, Found] = {}
    for item in found:
        if seen.setdefault(item.path, item) is not item:
            raise DataError(
                f"{item.path}: named by two options. Correct `normal_dir`, `abnormal_dir` and "
                f"`normal_test_dir` of {base} in catalog.yml."
            )

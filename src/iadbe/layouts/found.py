"""Samples as a layout of one's own images finds them, and the frame that they become."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.image_files import folders_in
from iadbe.schemas import NORMAL

SHOWN = 3


@dataclass(frozen=True)
class Found:
    """One image. A split of None is for `complete_splits` to choose."""

    path: Path
    defect_type: str = NORMAL
    split: str | None = None
    mask: Path | None = None
    boxes: str | None = None
    group: str | None = None
    sample_id: str = ""
    synthetic: bool = False

    @property
    def label(self) -> int:
        """1 if anomalous, 0 if normal."""
        return int(self.defect_type != NORMAL)


def category_folder(root: Path, category: str, holds: str | None = None) -> Path:
    """The folder of a category: `root/category`, or `root` itself where there is none.

    Args:
        root: Folder of the dataset.
        category: Its name.
        holds: A path or pattern that is found in the folder of every category. Where other folders
            have it and `root` does not, `root` is no category, and this one is absent.

    Raises:
        AbsentCategoryError: If the others are there and this one is not.
        DataError: If the dataset's folder does not exist.
    """
    if not root.is_dir():
        raise DataError(f"{root}: no such dataset folder. Put the images there or change its path.")
    below = root / category
    if below.is_dir():
        return below
    if holds and not Path(holds).is_absolute():
        there = sorted({path.relative_to(root).parts[0] for path in root.glob(f"*/{holds}")})
        if there and not any(root.glob(holds)):
            near = near_folder(root, category)
            raise AbsentCategoryError(
                f"{below}: no such folder.{near} Put the images of {category} there. "
                f"There are: {', '.join(there)}."
            )
    return root


def near_folder(place: Path, name: str) -> str:
    """For messages: a folder there whose name is nearly this one, which may be mistyped."""
    near = get_close_matches(name, [folder.name for folder in folders_in(place)], n=1)
    return f" Did you mean '{near[0]}'?" if near and near[0] != name else ""


def name_below(path: Path, root: Path) -> str:
    """The `sample_id` of an image: its POSIX path below `root`, or in full where it is not."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - a link shall keep its name
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def id_of(item: Found, root: Path) -> str:
    """The `sample_id` of an image; for one that was made, not where its file happens to be."""
    return item.sample_id or name_below(item.path, root)


def some(paths: Sequence[Path], root: Path) -> str:
    """The first few, by name, for messages."""
    names = ", ".join(name_below(path, root) for path in paths[:SHOWN])
    return names + (", …" if len(paths) > SHOWN else "")


def frame_of(found: Sequence[Found], root: Path, category: str) -> pd.DataFrame:
    """The rows that a layout returns; see `iadbe.layouts.mvtec_ad.index` for the columns.

    Also group and synthetic. Sorted by `sample_id`.
    """
    rows = [
        {
            "sample_id": id_of(item, root),
            "category": category,
            "split": item.split,
            "label": item.label,
            "defect_type": item.defect_type,
            "image_path": str(item.path),
            "mask_path": str(item.mask) if item.mask else None,
            "boxes": item.boxes,
            "group": item.group,
            "synthetic": item.synthetic,
        }
        for item in found
    ]
    frame = pd.DataFrame(rows, dtype=object).astype({"label": "int8", "synthetic": bool})
    return frame.sort_values("sample_id", ignore_index=True)

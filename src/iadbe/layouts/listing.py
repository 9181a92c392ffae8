"""What layouts of official datasets list, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from iadbe.errors import DataError
from iadbe.layouts import found
from iadbe.layouts.found import Found, some


@dataclass(frozen=True)
class Listed(Found):
    """One image of an official dataset; paths are absolute."""

    depth: Path | None = None


def frame_of(root: Path, category: str, listed: Sequence[Listed]) -> pd.DataFrame:
    """The rows that a layout returns.

    Args:
        root: Absolute folder of the dataset, above every image.
        category: Name of the category.
        listed: Its images.

    Returns:
        One row an image, sorted by `sample_id` (POSIX path below `root`), with the columns of
        `iadbe.layouts.mvtec_ad.index` and depth_path, group and synthetic (always False).

    Raises:
        DataError: If an image is listed twice.
    """
    frame = found.frame_of(listed, root, category)
    twice = frame.loc[frame["sample_id"].duplicated(), "sample_id"]
    if len(twice):
        raise DataError(f"{root}: {twice.iloc[0]} is listed twice. Leave it in one split only.")
    depths = {str(item.path): str(item.depth) for item in listed if item.depth}
    found_depths = [depths.get(path) for path in frame["image_path"]]
    return frame.assign(depth_path=pd.Series(found_depths, dtype=object))


def refuse_one_sided(place: Path, listed: Sequence[Listed], train: str, test: str) -> None:
    """Refuse a category without normal training images, or without test images.

    Args:
        place: Where the category lies.
        listed: Its images.
        train: Where, below `place`, normal training images belong.
        test: Likewise for test images.

    Raises:
        DataError: Naming the folder, or the file that lists the images.
    """
    if not any(item.split == "train" and not item.label for item in listed):
        raise DataError(f"{place / train}: no normal training images. Is the download complete?")
    if not any(item.split == "test" for item in listed):
        raise DataError(f"{place / test}: no test images. Is the download complete?")


def refuse_missing(place: Path, wanted: Iterable[Path], what: str) -> None:
    """Refuse files that are not there.

    Args:
        place: Folder that the message names, and that the files are named below.
        wanted: Files.
        what: What they are, e.g. `mask`.

    Raises:
        DataError: With their number and the first few.
    """
    missing = [path for path in wanted if not path.is_file()]
    if missing:
        count = f"{len(missing)} {what}{'s' if len(missing) > 1 else ''}"
        raise DataError(
            f"{place}: {count} missing ({some(missing, place)}). Is the download complete?"
        )

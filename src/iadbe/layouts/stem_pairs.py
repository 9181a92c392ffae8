"""Pair images with masks of the same stem, whatever their suffixes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from iadbe.errors import DataError
from iadbe.layouts.found import some


def pair_by_stem(
    folder: Path, images: Sequence[Path], masks: Iterable[Path], suffix: str = ""
) -> dict[Path, Path]:
    """Find the mask of each anomalous image.

    Args:
        folder: Folder above all of them, for the message.
        images: Anomalous images of one defect type.
        masks: All masks of that defect type.
        suffix: What the stem of a mask has after that of its image, e.g. `_mask`.

    Returns:
        Mask by image.

    Raises:
        DataError: If an image has no mask, a mask has no image, or two share a stem.
    """
    by_stem = _by_stem(folder, masks)
    owners = {stem + suffix: path for stem, path in _by_stem(folder, images).items()}
    bare = [path for stem, path in owners.items() if stem not in by_stem]
    if bare:
        where = f"{_counted(bare, 'image')} without a mask ({some(bare, folder)})"
        raise DataError(f"{folder}: {where}. Is the download complete?")
    strays = [path for stem, path in by_stem.items() if stem not in owners]
    if strays:
        where = f"{_counted(strays, 'mask')} without an image ({some(strays, folder)})"
        raise DataError(f"{folder}: {where}. Remove them, or add their images.")
    return {path: by_stem[stem] for stem, path in owners.items()}


def _by_stem(folder: Path, paths: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in paths:
        other = found.setdefault(path.stem, path)
        if other is not path:
            pair = f"{some([other], folder)} and {some([path], folder)}"
            message = f"{folder}: {pair} share a name, so images and masks cannot be paired. "
            raise DataError(message + "Remove one of them.")
    return found


def _counted(paths: Sequence[Path], what: str) -> str:
    return f"{len(paths)} {what}{'s' if len(paths) > 1 else ''}"

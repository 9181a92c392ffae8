"""Read folders of images with masks.

Either `<split>/<defect type>/…` as in MVTec AD, or `<defect type>/…`, all of which is then the
split train. Masks lie in a folder beside, paired by relative path and stem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from iadbe.convert.pictures import Marked, Picture, Pictures, split_named
from iadbe.convert.shapes import parts_of, refuse_unequal
from iadbe.errors import DataError
from iadbe.images.read import not_black
from iadbe.layouts.image_files import folders_in
from iadbe.layouts.own_folders import images_below
from iadbe.layouts.own_masks import pair_own_masks

NORMAL_NAMES = ("good", "normal", "ok")
MASK_NAMES = ("ground_truth", "masks", "mask")


def read_folder_format(
    source: Path, normal: Sequence[str] = NORMAL_NAMES, masks: Sequence[str] = MASK_NAMES
) -> Pictures:
    """Read folders.

    Args:
        source: The folder.
        normal: Names that folders of normal images may have.
        masks: Names that the folder of masks may have.

    Raises:
        DataError: If there are no images, or an anomalous image has no mask.
    """
    if not source.is_dir():
        raise DataError(f"{source}: no such folder. Correct FROM.")
    kinds = _kinds(source, masks)
    images = {folder: images_below(folder) for folder in kinds}
    if not any(images.values()):
        raise DataError(
            f"{source}: no images in folders such as train/good, test/scratch, or good, scratch."
        )
    anomalous = {folder: paths for folder, paths in images.items() if folder.name not in normal}
    places = [source / name for name in masks if (source / name).is_dir()]
    if any(anomalous.values()) and not places:
        raise DataError(
            f"{source}: anomalous images, and no folder {' or '.join(masks)}. Without masks "
            "nothing says where a defect is: draw them, or name their folder with --masks."
        )
    paired = pair_own_masks(anomalous, places[:1], source)
    pictures = [
        _picture(
            path, split, path.relative_to(folder.parent).as_posix(), folder.name, paired.get(path)
        )
        for folder, split in kinds.items()
        for path in images[folder]
    ]
    names = sorted({folder.name for folder, paths in anomalous.items() if paths})
    return Pictures(tuple(names), tuple(pictures))


def _kinds(source: Path, masks: Sequence[str]) -> dict[Path, str]:
    """The folders of single defect types, and their split."""
    folders = [folder for folder in folders_in(source) if folder.name not in masks]
    splits = {folder: split for folder in folders if (split := split_named(folder.name))}
    if splits:
        return {kind: split for folder, split in splits.items() for kind in folders_in(folder)}
    return dict.fromkeys(folders, "train")


def _picture(path: Path, split: str, name: str, kind: str, mask: Path | None) -> Picture:
    def read() -> Iterable[Marked]:
        return [] if mask is None else _marked(mask, kind, picture)

    picture = Picture(path, split, name, read)
    return picture


def _marked(mask: Path, kind: str, picture: Picture) -> Iterator[Marked]:
    try:
        with Image.open(mask) as image:
            pixels = not_black(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError) as error:
        raise DataError(f"{mask}: cannot be read ({error}). Repair it.") from error
    refuse_unequal(picture.path, picture.size, (pixels.shape[1], pixels.shape[0]), "its mask")
    if not pixels.any():
        raise DataError(f"{mask}: marks nothing. Draw the defect, or move the image to good.")
    return parts_of(np.asarray(pixels, dtype=bool), kind)

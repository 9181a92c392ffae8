"""Pair masks in folders of any name with images, by relative path and stem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from iadbe.errors import DataError
from iadbe.layouts.found import some
from iadbe.layouts.own_folders import images_below
from iadbe.schemas import NORMAL

_SUFFIX = "_mask"


def pair_own_masks(
    images: Mapping[Path, Sequence[Path]], mask_folders: Sequence[Path], base: Path
) -> dict[Path, Path]:
    """The mask of each anomalous image.

    The mask of `<abnormal>/a/7.png` is `<mask folder>/a/7.png`, `…/7_mask.png` or that below
    `<mask folder>/<name of abnormal>/`; the suffix may differ. With as many mask folders as
    abnormal folders the first belongs to the first, and so on.

    Args:
        images: The anomalous images by their abnormal folder, in the order of the option.
        mask_folders: Where masks lie; none gives no masks.
        base: The category's folder, for messages.

    Raises:
        DataError: If an image has no mask or several, or a mask has no image.
    """
    if not mask_folders:
        return {}
    masks = {folder: _by_stem(folder) for folder in mask_folders}
    paired: dict[Path, Path] = {}
    for place, (folder, members) in enumerate(images.items()):
        own = [mask_folders[place]] if len(mask_folders) == len(images) else mask_folders
        for image in members:
            found = _masks_of(image, folder, base, {mask: masks[mask] for mask in own})
            if len(found) > 1:
                raise DataError(
                    f"{image}: several masks ({some(found, base)}). Remove all but one."
                )
            paired |= {image: found[0]} if found else {}
    every = [image for members in images.values() for image in members]
    _refuse_unpaired(every, masks, paired, base)
    return paired


def _by_stem(folder: Path) -> dict[str, list[Path]]:
    """Masks by path below their folder, without suffix and `_mask`."""
    found: dict[str, list[Path]] = {}
    for path in images_below(folder):
        name = path.relative_to(folder).with_suffix("").as_posix()
        for key in {name, name.removesuffix(_SUFFIX)}:
            found.setdefault(key, []).append(path)
    return found


def _masks_of(
    image: Path, folder: Path, base: Path, masks: Mapping[Path, Mapping[str, list[Path]]]
) -> list[Path]:
    stem = image.relative_to(folder).with_suffix("")
    below = [folder.name] if not folder.is_relative_to(base) else folder.relative_to(base).parts
    # From the most telling to the least: `test/crack/7`, `crack/7`, `7`.
    keys = [Path(*below[place:], stem).as_posix() for place in range(len(below) + 1)]
    for key in keys:
        found = sorted({path for by_stem in masks.values() for path in by_stem.get(key, [])})
        if found:
            return found
    return []


def _refuse_shared(paired: Mapping[Path, Path], base: Path) -> set[Path]:
    owners: dict[Path, Path] = {}
    for image, mask in paired.items():
        other = owners.setdefault(mask, image)
        if other != image:
            raise DataError(
                f"{mask}: belongs to {some([other, image], base)} alike. Put masks into folders "
                "named as those of the images, or give as many `mask_dir` as `abnormal_dir`."
            )
    return set(owners)


def _refuse_unpaired(
    images: Sequence[Path],
    masks: Mapping[Path, Mapping[str, list[Path]]],
    paired: Mapping[Path, Path],
    base: Path,
) -> None:
    bare = [image for image in images if image not in paired]
    if bare:
        raise DataError(
            f"{base}: {len(bare)} anomalous images without a mask ({some(bare, base)}). Add "
            f"{next(iter(masks)) / (bare[0].stem + _SUFFIX)}.png etc., or remove `mask_dir`."
        )
    used = _refuse_shared(paired, base)
    every = {path for by_stem in masks.values() for paths in by_stem.values() for path in paths}
    strays = sorted(path for path in every - used if NORMAL not in path.parts[:-1])
    if strays:
        raise DataError(
            f"{base}: {len(strays)} masks without an anomalous image ({some(strays, base)}). Name "
            f"them <image stem>{_SUFFIX}, or remove them."
        )

"""Pair the masks in `ground_truth` with the anomalous images by defect type and stem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from iadbe.errors import DataError
from iadbe.layouts.image_files import ImageFile, folders_in, images_in
from iadbe.schemas import NORMAL

_SUFFIX = "_mask"
_NAMED = 3
_Key = tuple[str, str]


def pair_masks(folder: Path, images: Sequence[ImageFile]) -> dict[Path, str]:
    """Find the mask of each anomalous image of a category.

    Args:
        folder: The category's folder.
        images: Its images.

    Returns:
        Absolute mask path by image path; empty if the category has no `ground_truth` folder.

    Raises:
        DataError: If there is `ground_truth` and an anomalous test image has no mask, a mask has
            no image, or two images or two masks share a name.
    """
    truth = folder / "ground_truth"
    if not truth.is_dir():
        return {}
    kinds = [kind for kind in folders_in(truth) if kind.name != NORMAL]
    masks = _by_key(folder, (mask for kind in kinds for mask in images_in(kind)))
    owners = _by_key(folder, (image.path for image in images if image.label))
    paired = {path: masks[key] for key, path in _mask_keys(owners).items() if key in masks}
    _refuse_bare(folder, [i.path for i in images if i.split == "test" and i.label], paired)
    _refuse_strays(folder, [mask for key, mask in masks.items() if key not in _mask_keys(owners)])
    return {path: str(mask) for path, mask in paired.items()}


def _by_key(folder: Path, paths: Iterable[Path]) -> dict[_Key, Path]:
    """Paths by defect type and stem, which must be unique for masks to pair."""
    found: dict[_Key, Path] = {}
    for path in paths:
        other = found.setdefault((path.parent.name, path.stem), path)
        if other is not path:
            pair = f"{_below(other, folder)} and {_below(path, folder)}"
            message = f"{folder}: {pair} share a name, so images and masks cannot be paired. "
            raise DataError(message + "Rename one of them.")
    return found


def _mask_keys(owners: dict[_Key, Path]) -> dict[_Key, Path]:
    """The images by the name that their mask must have."""
    return {(kind, stem + _SUFFIX): path for (kind, stem), path in owners.items()}


def _refuse_bare(folder: Path, test: Sequence[Path], paired: dict[Path, Path]) -> None:
    bare = [path for path in test if path not in paired]
    if bare:
        first = f"{folder / 'ground_truth' / bare[0].parent.name / bare[0].stem}{_SUFFIX}.png"
        message = f"{folder}: {len(bare)} without a mask ({_some(bare, folder)}). "
        raise DataError(message + f"Add {first} etc., or remove ground_truth to go without masks.")


def _refuse_strays(folder: Path, strays: Sequence[Path]) -> None:
    if strays:
        message = f"{folder}: {len(strays)} masks without an image ({_some(strays, folder)}). "
        raise DataError(message + f"Name them <image stem>{_SUFFIX}, or remove them.")


def _some(paths: Sequence[Path], folder: Path) -> str:
    """The first few, by name."""
    names = ", ".join(_below(path, folder) for path in paths[:_NAMED])
    return names + (", …" if len(paths) > _NAMED else "")


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()

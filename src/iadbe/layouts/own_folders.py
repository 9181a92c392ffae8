"""Images below folders of any name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from iadbe.errors import DataError
from iadbe.layouts.found import near_folder
from iadbe.layouts.image_files import is_image

Names = str | list[str]
"""One folder or several, below the category's folder; may be patterns such as `defects/*`."""


def folders_named(
    base: Path, names: Names | None, option: str, root: Path, category: str
) -> list[Path]:
    """The folders that an option names.

    Args:
        base: The category's folder.
        names: Names or patterns; None gives none.
        option: For messages.
        root: Folder of the dataset, for messages.
        category: The category, for messages.

    Raises:
        DataError: If a name or pattern matches no folder.
    """
    folders: list[Path] = []
    for name in [names] if isinstance(names, str) else names or []:
        found = [base / name] if (base / name).is_dir() else _matching(base, name)
        if not found:
            hint = near_folder(base, name) or near_folder(root, category)
            message = f"{base / name}: no such folder.{hint} "
            raise DataError(f"{message}Correct `{option}` below `options` in catalog.yml.")
        folders += found
    return folders


def _matching(base: Path, pattern: str) -> list[Path]:
    if not any(sign in pattern for sign in "*?[") or Path(pattern).is_absolute():
        return []
    return sorted(path for path in base.glob(pattern) if path.is_dir())


def images_below(folder: Path, others: Iterable[Path] = ()) -> list[Path]:
    """The visible images in a folder and all folders below it, sorted.

    Args:
        folder: Where to look.
        others: Folders with a meaning of their own, which are left out where they lie below it.
    """
    apart = [other for other in others if other != folder and other.is_relative_to(folder)]
    return sorted(
        path
        for path in folder.rglob("*")
        if is_image(path) and not _hidden(path, folder) and not _lies_in(path, apart)
    )


def refuse_no_images(folder: Path, images: Sequence[Path], option: str) -> None:
    """Raise DataError if a folder that was asked for holds nothing."""
    if not images:
        raise DataError(
            f"{folder}: no images (png, jpg, bmp, tif, webp) in it or below. Put them there, or "
            f"take it out of `{option}` in catalog.yml."
        )


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _lies_in(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)

"""The images of a category on disk, by split and defect type."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from iadbe.schemas import NORMAL

IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})


class ImageFile(NamedTuple):
    """One image below a category's folder."""

    path: Path
    split: str
    defect_type: str

    @property
    def label(self) -> int:
        """1 if anomalous, 0 if normal."""
        return int(self.defect_type != NORMAL)


def images_of(folder: Path) -> list[ImageFile]:
    """All images in `<folder>/{train,test}/<defect type>`."""
    return [
        ImageFile(path, split, kind.name)
        for split in ("train", "test")
        for kind in folders_in(folder / split)
        for path in images_in(kind)
    ]


def folders_in(folder: Path) -> list[Path]:
    """The visible folders in a folder, sorted; none if it does not exist."""
    if not folder.is_dir():
        return []
    return sorted(c for c in folder.iterdir() if c.is_dir() and not c.name.startswith("."))


def images_in(folder: Path) -> list[Path]:
    """The visible image files in a folder, sorted; none if it does not exist."""
    if not folder.is_dir():
        return []
    return sorted(child for child in folder.iterdir() if is_image(child))


def is_image(path: Path) -> bool:
    """Whether this is a visible file with the suffix, in any case, of an image."""
    return (
        path.suffix.lower() in IMAGE_SUFFIXES and not path.name.startswith(".") and path.is_file()
    )

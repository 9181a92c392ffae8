"""Labelled images between a reader and a writer, whatever their format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from iadbe.errors import DataError
from iadbe.layouts.polygons import Mask, Points
from iadbe.layouts.upright import upright_size
from iadbe.samples import Box


@dataclass(frozen=True)
class Marked:
    """One defect: its class, and the most exact of what is known of its place.

    `rings` are polygons in pixels whose union is the defect; `mask` is of the image's size; `box`
    is in pixels (left, top, right, bottom) and always known.
    """

    kind: str
    box: Box
    rings: tuple[Points, ...] = ()
    mask: Mask | None = None


@dataclass(frozen=True)
class Picture:
    """One image. What is marked in it is read one by one when asked for: masks are large."""

    path: Path
    split: str
    name: str
    read: Callable[[], Iterable[Marked]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, upright.

        Raises:
            DataError: If it is no readable image.
        """
        if (size := upright_size(self.path)) is None:
            raise DataError(f"{self.path}: not an image that can be read. Repair or remove it.")
        return size


@dataclass
class Losses:
    """What the target's format cannot hold, with the images that it was lost in."""

    images: dict[str, set[Path]] = field(default_factory=dict)

    def note(self, what: str, image: Path) -> None:
        """Remember an image."""
        self.images.setdefault(what, set()).add(image)


@dataclass(frozen=True)
class Pictures:
    """All images of a dataset, and the names of its classes in their order."""

    kinds: tuple[str, ...]
    pictures: tuple[Picture, ...]


SPLIT_WORDS = {"valid": "val", "validation": "val", "dev": "val"}


def split_named(word: str) -> str | None:
    """The split that a folder's or file's name says: train, val, test, or None."""
    lower = word.lower()
    name = SPLIT_WORDS.get(lower, lower)
    return name if name in {"train", "val", "test"} else None

"""Fill a new folder; the source is only read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iadbe.errors import DataError


class Target:
    """The folder that a writer fills.

    Args:
        folder: Where files are written.
        link: Whether images are hard links to those of the source, and not copies.
    """

    def __init__(self, folder: Path, *, link: bool) -> None:
        self.folder = folder
        self.link = link

    def place(self, image: Path, name: str) -> None:
        """Copy or link an image.

        Raises:
            DataError: If two images get one name, or a link cannot be made.
        """
        place = self._new(name)
        if not self.link:
            shutil.copy2(image, place)
            return
        try:
            os.link(image.resolve(), place)
        except OSError as error:
            raise DataError(
                f"{image}: cannot be linked ({error.strerror}). Leave out --link to copy."
            ) from error

    def text(self, name: str, content: str) -> None:
        """Write a text file."""
        self._new(name).write_text(content, "utf-8")

    def file(self, name: str) -> Path:
        """Where to write a file."""
        return self._new(name)

    def _new(self, name: str) -> Path:
        place = self.folder / name
        if place.exists():
            raise DataError(
                f"'{name}' would be written twice. Rename one of the two in the source."
            )
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


@contextmanager
def new_folder(source: Path, target: Path, *, link: bool) -> Iterator[Target]:
    """A target that appears under its name only when all is written.

    Raises:
        DataError: If something is there already, or it lies in the source or around it.
    """
    here, there = source.resolve(), target.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise DataError(f"{target}: lies in the source or around it. Choose a folder elsewhere.")
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise DataError(f"{target}: is not empty. Choose a new folder.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.mkdir(parents=True)
        yield Target(part, link=link)
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    except OSError as error:
        raise DataError(f"{target}: cannot be written ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)

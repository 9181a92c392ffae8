"""Find the images that are to be scored."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from iadbe.errors import ConfigError, DataError
from iadbe.layouts.image_files import is_image


def find_images(images: object) -> list[str]:
    """The image files that an image, a folder (searched in depth), a glob or a list of them names.

    In folders and globs, hidden files and those without the suffix of an image are passed over.

    Returns:
        Absolute paths, each once, sorted.

    Raises:
        ConfigError: If nothing was named.
        DataError: If one of the names leads to no image.
    """
    several = isinstance(images, Sequence) and not isinstance(images, str)
    named = [str(name) for name in (images if several else [images]) if name not in (None, "")]  # type: ignore[attr-defined]
    if not named:
        raise ConfigError(
            "Say which images to score: --params images=PATH (image, folder or glob)."
        )
    return sorted({str(path.absolute()) for name in named for path in _expand(name)})


def _expand(name: str) -> list[Path]:
    path = Path(name).expanduser()
    if path.is_file():
        return [path]
    found = _below(path) if path.is_dir() else _matching(path)
    images = [file for file in found if is_image(file)]
    if not images:
        raise DataError(f"{path.absolute()}: no image there; give an image, a folder or a glob.")
    return images


def _below(folder: Path) -> Iterable[Path]:
    """All files in depth, but none of a hidden folder."""
    for path in folder.rglob("*"):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _matching(pattern: Path) -> Iterable[Path]:
    # pathlib's own glob takes no absolute patterns
    return map(Path, glob.glob(str(pattern), recursive=True))  # noqa: PTH207

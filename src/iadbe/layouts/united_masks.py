"""Unite the masks of one image into a file outside the dataset."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from iadbe.errors import DataError
from iadbe.images.read import not_black


def unite(masks: Sequence[Path], folder: Path) -> Path:
    """The union of masks as a PNG, 255 where any of them is not black.

    It is named by the contents of the masks, so it is drawn once, and never stale.

    Args:
        masks: Files of one size.
        folder: Where to write; made if it is not there.

    Returns:
        The file.

    Raises:
        DataError: If a mask cannot be read, the sizes differ, or the folder cannot be written.
    """
    contents = [path.read_bytes() for path in masks]
    digest = hashlib.sha256(b"".join(hashlib.sha256(item).digest() for item in contents))
    target = folder / f"{digest.hexdigest()[:32]}.png"
    if not target.is_file():
        _write(Image.fromarray(_union(masks).astype(np.uint8) * 255), target)
    return target


def _union(masks: Sequence[Path]) -> npt.NDArray[np.bool_]:
    marked = [_read(path) for path in masks]
    for path, other in zip(masks, marked, strict=True):
        if other.shape != marked[0].shape:
            raise DataError(f"{path}: of another size than {masks[0]}. Unpack the archive again.")
    return np.asarray(np.stack(marked).any(axis=0))


def _read(path: Path) -> npt.NDArray[np.bool_]:
    try:
        with Image.open(path) as image:
            return not_black(image)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error}). Unpack the archive again.") from error


def _write(mask: Image.Image, target: Path) -> None:
    """Write beside and rename: another process never sees half a file."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}.part")
        mask.save(part, format="PNG")
        part.replace(target)
    except OSError as error:
        message = f"{target.parent}: cannot be written ({error}). Make room, or grant write access."
        raise DataError(message) from error

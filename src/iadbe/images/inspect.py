"""Open every file once, before any training: is it whole, how large is it, what is its digest."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from iadbe.errors import DataError
from iadbe.images.read import not_black, refuse_unknown_range

Stamp = tuple[int, int, int]
THUMBNAIL = 32
"""Edge of the thumbnail that near duplicates are told by, in pixels."""
_ORIENTATION = 0x0112
SHOWN = 5
"""Files that a message names; of the others it says that they are there."""


@dataclass(frozen=True)
class Inspection:
    """What was found in one file.

    `height` and `width` are those of the upright image, in pixels. `black` says that no pixel has
    any colour: as a mask, it marks nothing; `full` that every pixel has. `mode` is Pillow's,
    `rotated` says that an EXIF tag turns it. `thumbnail` is grey, uint8, `THUMBNAIL` × `THUMBNAIL`
    pixels. `error` is None if all of the file could be decoded.
    """

    path: str
    file_size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str
    height: int
    width: int
    black: bool
    full: bool
    mode: str
    rotated: bool
    thumbnail: bytes
    error: str | None

    @property
    def stamp(self) -> Stamp:
        """What `stamp` said of the file when it was inspected."""
        return self.file_size, self.mtime_ns, self.ctime_ns


def stamp(path: str) -> Stamp:
    """What tells whether a file has changed: its size and times; -1 if it cannot be asked.

    Size and time of modification alone miss a file that another of the same size, a BMP say, was
    moved over; the time of the status change, which nobody can set, does not.
    """
    try:
        status = Path(path).stat()
    except OSError:
        return (-1, -1, -1)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def inspect_file(path: str) -> Inspection:
    """Read and decode one image file in full."""
    at = stamp(path)
    try:
        path.encode()
        content = Path(path).read_bytes()
        facts = _decode(content)
    # ImportError: Ultralytics, once imported, has Pillow ask for a package it may not find.
    except (OSError, ValueError, SyntaxError, ImportError, Image.DecompressionBombError) as error:
        return Inspection(path, *at, "", **_NOTHING._asdict(), error=_in_words(error, at[0]))
    digest = hashlib.sha256(content).hexdigest()
    return Inspection(path, *at, digest, **facts._asdict(), error=None)


class _Facts(NamedTuple):
    """What decoding tells: the fields of `Inspection` from `height` to `thumbnail`."""

    height: int
    width: int
    black: bool
    full: bool
    mode: str
    rotated: bool
    thumbnail: bytes


_NOTHING = _Facts(0, 0, False, False, "", False, b"")


def _decode(content: bytes) -> _Facts:
    with Image.open(io.BytesIO(content)) as image:
        mode, rotated = image.mode, image.getexif().get(_ORIENTATION, 1) != 1
        upright = ImageOps.exif_transpose(image)
    refuse_unknown_range(upright)
    coloured = not_black(upright)
    whole, some = bool(coloured.all()), bool(coloured.any())
    return _Facts(upright.height, upright.width, not some, whole, mode, rotated, _small(upright))


def _small(image: Image.Image) -> bytes:
    """Grey and tiny; of a deep image the upper eight bits."""
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    grey = image.convert("L").resize((THUMBNAIL, THUMBNAIL), Image.Resampling.BOX)
    return grey.tobytes()


def _in_words(error: Exception, size: int) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "its name is not UTF-8; rename it"
    if size == 0:
        return "the file is empty"
    if "cannot identify" in str(error):
        return "not an image that can be read"
    return str(error) or type(error).__name__


def refuse_unreadable(found: Iterable[Inspection]) -> None:
    """Raise DataError, naming them, if files could not be decoded."""
    broken = [f"{_printable(item.path)}: {item.error}" for item in found if item.error]
    if broken:
        raise DataError(
            f"{counted(broken, 'file')} cannot be read: repair or remove. {listed(broken)}"
        )


def counted(items: Sequence[str], what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{len(items)} {what}{'s' if len(items) > 1 else ''}"


def listed(items: Sequence[str]) -> str:
    """The first few, and that there are more."""
    return "; ".join(items[:SHOWN]) + ("; …" if len(items) > SHOWN else "")


def _printable(path: str) -> str:
    """A path that any terminal takes, whatever bytes it is made of."""
    return path.encode("utf-8", "backslashreplace").decode()

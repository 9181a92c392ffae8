"""Images decoded once: kept on disk, shared by all cells and runs, read by mapping the file.

An entry is named for the content of its image and its size, so a changed image is another entry,
and two datasets that hold the same image share one. It is written beside and then put in place:
processes that write the same entry at once write the same bytes, and no reader sees a part of one.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from iadbe.images.read import Stored, decode, to_rgb

VERSION = 1
"""Of what `decode` does; another number is another entry."""
_SWEEP_EVERY = 500
_USED_AGAIN_S = 3600.0


class ImageStore:
    """Keeps decoded and resized images.

    Reading gives, bit for bit, what decoding the file again would give. A store that cannot be
    written (a full or read-only disk) is no error: images are then decoded every time.

    Args:
        folder: Where to keep them.
        max_gb: Size in 10^9 bytes above which the entries that were not used for longest go.
    """

    def __init__(self, folder: Path, max_gb: float = 20.0) -> None:
        self.folder = folder
        self.max_bytes = max_gb * 1e9
        self._written = 0

    def read(self, path: Path, size: int, sha256: str) -> npt.NDArray[np.float32]:
        """One image; decoded and kept if it is not here yet.

        Args:
            path: The image file.
            size: Edge length of the square result in pixels.
            sha256: Of the file's content, as the manifest has it.

        Returns:
            RGB, float32 in [0, 1], shape (size, size, 3).

        Raises:
            OSError: If the image is not kept, and cannot be read or decoded.
        """
        entry = self._entry(size, sha256)
        stored = _mapped(entry)
        if stored is None:
            stored = decode(path, size)
            self._keep(entry, stored)
        return to_rgb(stored)

    def _entry(self, size: int, sha256: str) -> Path:
        return self.folder / f"v{VERSION}" / str(size) / sha256[:2] / f"{sha256}.npy"

    def _keep(self, entry: Path, stored: Stored) -> None:
        with contextlib.suppress(OSError):
            entry.parent.mkdir(parents=True, exist_ok=True)
            descriptor, partial = tempfile.mkstemp(dir=entry.parent, suffix=".partial")
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    np.save(stream, stored, allow_pickle=False)
                Path(partial).replace(entry)
            finally:
                Path(partial).unlink(missing_ok=True)
            self._written += 1
            if self._written % _SWEEP_EVERY == 1:
                self.sweep()

    def sweep(self) -> None:
        """Remove what was not used for longest until the store is within its size."""
        entries = sorted(_entries(self.folder))
        excess = sum(size for _, size, _ in entries) - self.max_bytes
        for _, size, path in entries:
            if excess <= 0:
                return
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                excess -= size


def _mapped(entry: Path) -> Stored | None:
    """An entry without copying it; None if it is not there, or damaged."""
    try:
        stored: Stored = np.load(entry, mmap_mode="r", allow_pickle=False)
        if time.time() - entry.stat().st_mtime > _USED_AGAIN_S:
            os.utime(entry)  # what was used last is what goes last
    except (OSError, ValueError, EOFError):
        return None
    return stored


def _entries(folder: Path) -> list[tuple[float, int, Path]]:
    """When each file of the store was last used, its size and its path."""
    found = []
    for path in folder.rglob("*.*"):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((status.st_mtime, status.st_size, path))
    return found

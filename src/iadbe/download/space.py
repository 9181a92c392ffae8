"""Whether a disk has room for what is about to be written."""

from __future__ import annotations

import shutil
from pathlib import Path

from iadbe.errors import DownloadError

RESERVE = 256 * 1024**2
"""Bytes that are left free for everything else."""


def room(folder: Path) -> int:
    """Bytes that may be written below a folder, which need not exist yet."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(existing).free - RESERVE


def check_room(folder: Path, needed: int, what: str) -> None:
    """Refuse to begin what cannot be finished.

    Args:
        folder: Where it goes.
        needed: Bytes.
        what: What takes them, for the message.

    Raises:
        DownloadError: If there is less room.
    """
    free = room(folder)
    if needed > free:
        raise DownloadError(
            f"{folder}: {what} needs {in_words(needed)}, and {in_words(max(free, 0))} can be "
            "used. Free some, or choose another disk with --to."
        )


def in_words(size: float) -> str:
    """`5264982680` → `5.3 GB` (powers of 1000)."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}" if unit != "bytes" else f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"

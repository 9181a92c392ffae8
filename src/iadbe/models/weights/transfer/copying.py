"""A copy whose sum is that of the bytes that were written, not of another reading."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_CHUNK = 1 << 20


def copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file, down to the disk.

    Returns:
        Its sha256 in hexadecimal digits, and its size in bytes.
    """
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size

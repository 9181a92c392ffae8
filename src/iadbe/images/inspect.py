"""Open every file once, before any training: is it whole, how large is it, what is its digest."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from PIL import Image, ImageOps

_TABLE = """create table if not exists inspections
(path text primary key, bytes int, mtime_ns int, sha256 text, height int, width int, error text)"""


@dataclass(frozen=True)
class Inspection:
    """What was found in one file; `error` is None if all of it could be decoded."""

    path: str
    bytes: int
    mtime_ns: int
    sha256: str
    height: int
    width: int
    error: str | None


class Inspections:
    """Inspects image files and remembers the outcome as long as size and time stay the same.

    Args:
        file: SQLite file of the memory; made when needed.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def inspect(self, paths: Iterable[str]) -> dict[str, Inspection]:
        """Inspect files, several at a time (Pillow decodes without the interpreter's lock).

        Args:
            paths: Image files.

        Returns:
            The inspection of every path.

        Raises:
            OSError: If the memory cannot be written.
        """
        paths = sorted(set(paths))
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=60)) as memory:
            memory.execute(_TABLE)
            known = _known(memory, paths)
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                fresh = threads.map(inspect_file, [path for path in paths if path not in known])
                for found in _committed(memory, fresh):
                    known[found.path] = found
        return known


def _known(memory: sqlite3.Connection, paths: list[str]) -> dict[str, Inspection]:
    """What is remembered of files that have not changed since."""
    wanted = dict.fromkeys(paths)
    rows = (Inspection(*row) for row in memory.execute("select * from inspections"))
    candidates = [row for row in rows if row.path in wanted]
    return {row.path: row for row in candidates if _stamp(row.path) == (row.bytes, row.mtime_ns)}


def _committed(memory: sqlite3.Connection, found: Iterator[Inspection]) -> Iterator[Inspection]:
    """Remember good files as they come, so that a broken-off inspection goes on where it was."""
    for count, inspection in enumerate(found, start=1):
        if inspection.error is None:
            row = astuple(inspection)
            memory.execute("insert or replace into inspections values (?,?,?,?,?,?,?)", row)
        if count % 200 == 0:
            memory.commit()
        yield inspection
    memory.commit()


def _stamp(path: str) -> tuple[int, int]:
    try:
        status = Path(path).stat()
    except OSError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns


def inspect_file(path: str) -> Inspection:
    """Read and decode one image file in full."""
    size, mtime = _stamp(path)
    try:
        content = Path(path).read_bytes()
        height, width = _decode(content)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return Inspection(path, size, mtime, "", 0, 0, _in_words(error, size))
    return Inspection(path, size, mtime, hashlib.sha256(content).hexdigest(), height, width, None)


def _decode(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        width, height = ImageOps.exif_transpose(image).size
    return height, width


def _in_words(error: Exception, size: int) -> str:
    if size == 0:
        return "the file is empty"
    if "cannot identify" in str(error):
        return "not an image that can be read"
    return str(error) or type(error).__name__

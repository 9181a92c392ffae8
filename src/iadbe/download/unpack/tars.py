"""What a tar archive holds, compressed or not."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from iadbe.download.formats import Format
from iadbe.download.unpack.member import Member, link_target
from iadbe.errors import DownloadError

_MOST_AT_ONCE = 1 << 24
"""Bytes. `tarfile` reads extended headers, whose stated size may be anything, in one piece."""

_CHUNK = 1 << 20
_OPENERS: dict[Format, Callable[[Path], Any]] = {
    "tar": lambda path: path.open("rb"),
    "gz": gzip.open,
    "xz": lzma.open,
    "bz2": bz2.open,
}


class _Careful:
    """A stream of which nobody can read more into memory than is good."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.tell = stream.tell
        self.seek = stream.seek

    def read(self, size: int) -> bytes:
        if size > _MOST_AT_ONCE:
            raise DownloadError(f"it has a header of {size} bytes")
        return self._stream.read(size)


def tar_members(file: Path, kind: Format) -> Iterator[Member]:
    """The members of a tar, in its order; each must be read before the next is asked for.

    Args:
        file: The archive.
        kind: How it is compressed.

    Raises:
        DownloadError: If one is a device, or the archive tries to exhaust the memory.
    """
    with ExitStack() as stack:
        stream = _Careful(stack.enter_context(_OPENERS[kind](file)))
        archive = stack.enter_context(tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r:"))
        while (info := archive.next()) is not None:
            yield _member(archive, info)
            cast("Any", archive).members.clear()  # it would remember every header of a bomb
        _check_end(archive, stream)


def _check_end(archive: tarfile.TarFile, stream: _Careful) -> None:
    """`tarfile` takes the end of the bytes for the end of the archive; checksums come after it."""
    if stream.tell() == archive.offset:
        raise DownloadError("it is damaged: it ends without a mark that nothing follows")
    padding = 0
    while chunk := stream.read(_CHUNK):
        padding += len(chunk)
        if padding > _MOST_AT_ONCE:
            raise DownloadError(f"it has over {_MOST_AT_ONCE} bytes behind its last file")


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    if info.isdir():
        return Member(info.name, "folder")
    if info.issym():
        path = PurePosixPath(info.name)
        return Member(info.name, "link", links_to=link_target(path, info.linkname))
    if info.islnk():
        return Member(info.name, "link", links_to=info.linkname)
    if not info.isreg():
        raise DownloadError(f"it holds the device or pipe {info.name!r}")
    return Member(info.name, "file", lambda: cast("IO[bytes]", archive.extractfile(info)))

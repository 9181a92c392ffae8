"""One thing in an archive, and where it may go."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Literal

from iadbe.errors import DownloadError


@dataclass(frozen=True)
class Member:
    """A file, folder or link of an archive.

    Attributes:
        name: As the archive writes it; not to be trusted.
        kind: What it is.
        open: Reads the file; raises if the archive breaks off or its checksum is wrong.
        links_to: Where the link leads, from the archive's top, as the archive writes it.
    """

    name: str
    kind: Literal["file", "folder", "link"]
    open: Callable[[], IO[bytes]] | None = None
    links_to: str = ""


def safe_path(name: str) -> PurePosixPath:
    """The path of a member below the folder it is unpacked into.

    Args:
        name: As the archive writes it, with `/` between folders.

    Raises:
        DownloadError: If it is absolute, leads upwards, or holds control characters; by the
            rules of Windows, too.
    """
    windows = PureWindowsPath(name)
    path = PurePosixPath(name)
    if path.is_absolute() or windows.drive or windows.root:
        raise DownloadError(f"it holds the absolute path {name!r}")
    if ".." in path.parts or ".." in windows.parts:
        raise DownloadError(f"it holds {name!r}, which leads out of the folder")
    if any(ord(letter) < 32 for letter in name):
        raise DownloadError(f"it holds the name {name!r} with control characters")
    return path


def link_target(path: PurePosixPath, to: str) -> str:
    """Where a symbolic link leads, seen from the archive's top.

    Args:
        path: Of the link.
        to: As the archive writes it, relative to the link's folder.

    Returns:
        A path that `safe_path` has yet to judge.
    """
    return to if to.startswith("/") else posixpath.normpath(posixpath.join(path.parent, to))

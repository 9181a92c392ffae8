"""What a zip archive holds."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from iadbe.download.unpack.member import Member, link_target
from iadbe.errors import DownloadError

_ENCRYPTED = 0x1
_LONGEST_LINK = 4096
_KINDS = {0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}


def zip_members(file: Path) -> Iterator[Member]:
    """The members of a zip, in its order.

    Args:
        file: The archive.

    Raises:
        DownloadError: If one is encrypted, or is neither a file, a folder nor a link.
    """
    with ZipFile(file) as archive:
        for info in archive.infolist():
            yield _member(archive, info)


def _member(archive: ZipFile, info: ZipInfo) -> Member:
    # Some programs for Windows write backslashes, against the standard.
    name = info.filename.replace("\\", "/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.flag_bits & _ENCRYPTED:
        raise DownloadError(f"{name!r} is encrypted")
    if kind not in _KINDS:
        raise DownloadError(f"it holds the device or pipe {name!r}")
    if kind == stat.S_IFLNK:
        return Member(name, "link", links_to=_target(archive, info, name))
    if name.endswith("/"):
        return Member(name, "folder")
    return Member(name, "file", lambda: archive.open(info))


def _target(archive: ZipFile, info: ZipInfo, name: str) -> str:
    with archive.open(info) as stream:
        text = stream.read(_LONGEST_LINK).decode("utf-8", "replace")
    return link_target(PurePosixPath(name), text)

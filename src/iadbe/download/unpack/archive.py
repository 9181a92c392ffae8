"""Unpack an archive below a folder, and nowhere else."""

from __future__ import annotations

import lzma
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from iadbe.download.formats import BEGINNING, archive_format
from iadbe.download.progress import Progress
from iadbe.download.unpack.limits import Limits
from iadbe.download.unpack.member import Member, safe_path
from iadbe.download.unpack.tars import tar_members
from iadbe.download.unpack.zips import zip_members
from iadbe.errors import DownloadError

_CHUNK = 1 << 20
_DAMAGED = (
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
)
"""What the readers raise on bytes that are not what they should be."""


def unpack(
    archive: Path, folder: Path, wanted: Callable[[PurePosixPath], bool], progress: Progress
) -> None:
    """Unpack a zip or tar into an empty folder.

    Only plain files and folders are made, with the user's default permissions. A link to a file
    of the archive becomes a copy of it: where no link is ever made, none can lead out.

    Args:
        archive: The file; its format is told by its bytes.
        folder: The folder, which exists and is empty.
        wanted: Whether to unpack a path.
        progress: Is told how many bytes were unpacked.

    Raises:
        DownloadError: If the archive is damaged, would write outside the folder or too much, or
            holds devices. What was unpacked until then is still there.
    """
    progress.begin("unpacking", None)
    limits = Limits.of(archive, folder)
    try:
        for member in _members(archive):
            limits.count_member()
            path = safe_path(member.name)
            if wanted(path):
                _make(member, folder, path, limits, progress)
    except DownloadError as error:
        raise DownloadError(f"{archive}: not unpacked: {error}.") from error
    except _DAMAGED as error:
        raise DownloadError(f"{archive}: not unpacked, it is damaged: {error}.") from error
    except OSError as error:
        # The decompressors raise it too, without a number of the system.
        where = (
            f" {error.filename}:" if error.filename else "" if error.errno else " it is damaged:"
        )
        raise DownloadError(
            f"{archive}: not unpacked:{where} {error.strerror or error}."
        ) from error


def _members(archive: Path) -> Iterator[Member]:
    with archive.open("rb") as stream:
        kind = archive_format(stream.read(BEGINNING), str(archive))
    return zip_members(archive) if kind == "zip" else tar_members(archive, kind)


def _make(
    member: Member, folder: Path, path: PurePosixPath, limits: Limits, progress: Progress
) -> None:
    target = folder / path
    if member.kind == "folder":
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise DownloadError(f"it holds {member.name!r} twice")
    if member.kind == "link":
        _copy_linked(member, folder, target, limits)
    else:
        _write(member, target, limits, progress)


def _copy_linked(member: Member, folder: Path, target: Path, limits: Limits) -> None:
    try:
        source = folder / safe_path(member.links_to)
    except DownloadError as error:
        to = f"the link {member.name!r} to {member.links_to!r}"
        raise DownloadError(f"it holds {to}, out of the folder") from error
    if not source.is_file():
        raise DownloadError(f"the link {member.name!r} leads to no file that comes before it")
    limits.count_bytes(source.stat().st_size)
    shutil.copyfile(source, target)


def _write(member: Member, target: Path, limits: Limits, progress: Progress) -> None:
    assert member.open is not None
    with member.open() as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            limits.count_bytes(len(chunk))
            file.write(chunk)
            progress.advance(len(chunk))

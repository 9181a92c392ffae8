"""From an archive to a dataset's folder, in one step: it is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath

from iadbe.download.catalogue import Download
from iadbe.download.progress import Progress
from iadbe.download.unpack import unpack
from iadbe.errors import DownloadError

_JUNK = "__MACOSX"
"""Where archives made by macOS keep what only macOS can use."""
_DEEPEST = 3
"""Levels of folders that archives wrap around a dataset's own."""


def missing(folder: Path, needed: Sequence[str]) -> list[str]:
    """The folders that a dataset's folder lacks."""
    return [name for name in needed if not (folder / name).is_dir()]


def place(
    archive: Path, download: Download, needed: Sequence[str], target: Path, progress: Progress
) -> None:
    """Unpack next to the target, then move what it lacks into it.

    Args:
        archive: Zip or tar.
        download: The dataset that it holds.
        needed: Names of the folders of the dataset that are wanted.
        target: The dataset's folder; what is there already stays as it is.
        progress: Is told how far it is.

    Raises:
        DownloadError: If the archive cannot be unpacked or lacks one of the folders.
    """
    prefix = f".{target.name}.unpacking-"
    for stale in target.parent.glob(f"{prefix}*"):  # of a run that was killed
        shutil.rmtree(stale)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=target.parent) as scratch:
        # One level below: the temporary folder itself can be read by this user alone.
        unpacked = Path(scratch) / "dataset"
        unpacked.mkdir()
        every = set(download.folders())
        unpack(archive, unpacked, lambda path: _is_wanted(path, needed, every), progress)
        _move(_top(archive, unpacked, needed), target, needed)


def _is_wanted(path: PurePosixPath, needed: Sequence[str], every: Collection[str]) -> bool:
    """Whether a path is not of another category; its outermost known folder tells."""
    if _JUNK in path.parts:
        return False
    known = next((part for part in path.parts if part in every), None)
    return known is None or known in needed


def _top(archive: Path, unpacked: Path, needed: Sequence[str]) -> Path:
    """The outermost folder that holds all that are needed."""
    level, names = [unpacked], set[str]()
    for _ in range(_DEEPEST + 1):
        for folder in level:
            if not missing(folder, needed):
                return folder
        level = [child for folder in level for child in sorted(folder.iterdir()) if child.is_dir()]
        names |= {folder.name for folder in level}
    lacking = [name for name in needed if name not in names] or needed
    told = ", ".join(lacking[:3]) + (", …" if len(lacking) > 3 else "")
    raise DownloadError(f"{archive}: not the whole dataset: its folders lack {told}.")


def _move(top: Path, target: Path, needed: Sequence[str]) -> None:
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    if not target.exists():
        top.replace(target)
        return
    for name in missing(target, needed):
        (top / name).replace(target / name)
    for file in top.iterdir():  # its licence, for example
        if file.is_file() and not (target / file.name).exists():
            file.replace(target / file.name)

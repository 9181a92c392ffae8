"""Archives of published files, unpacked once into the user's cache."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
import zipfile
from pathlib import Path

from iadbe.errors import WeightsError
from iadbe.models.weights.places import downloads_folder


def unpacked(archive: Path) -> Path:
    """The folder with an archive's content.

    Args:
        archive: A zip or tar file; its name, size and age say whether it was unpacked before.

    Raises:
        WeightsError: If it cannot be read, or wants to write outside its folder.
    """
    about = archive.stat()
    folder = _cache() / f"{archive.name}-{about.st_size}-{about.st_mtime_ns}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            _unpack(archive, Path(scratch) / "content")
            _publish(Path(scratch) / "content", folder)
    return folder


def file_in(archive: Path, name: str) -> Path:
    """One file of an archive, in whichever of its folders it lies.

    Raises:
        WeightsError: If it is not there.
    """
    folder = unpacked(archive)
    found = next(iter(sorted(folder.rglob(name))), None)
    if found is None:
        raise WeightsError(f"{archive} holds no {name}: get the archive again")
    return found


def _cache() -> Path:
    return downloads_folder().with_name("unpacked")


def _publish(content: Path, folder: Path) -> None:
    """Give the finished folder its name at once; another process may have been faster."""
    try:
        content.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _unpack(archive: Path, folder: Path) -> None:
    """Both ways keep members inside the folder; the tar filter also refuses links and devices."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as opened:
                opened.extractall(folder)  # noqa: S202
            return
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
    except (tarfile.TarError, zipfile.BadZipFile, shutil.ReadError, EOFError) as error:
        cause = str(error).partition(":")[0]
        raise WeightsError(f"{archive} cannot be unpacked ({cause}): get it again") from error

"""A packed folder, verified to the last bit and copied where `resolve` looks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from iadbe.errors import WeightsError
from iadbe.models.weights.places import installed_folder
from iadbe.models.weights.transfer.copying import copy
from iadbe.models.weights.transfer.manifest import LICENCES, MANIFEST, Manifest, PackedFile, read


def install(folder: Path, tell: Callable[[str], None]) -> Path:
    """Verify a packed folder and install all of its files, or none.

    Args:
        folder: As `pack` wrote it.
        tell: Gets a line for each file.

    Returns:
        The folder of installed weights; what else was in it stays.

    Raises:
        WeightsError: If the folder holds a file that is changed, missing, a link, or not in the
            manifest, or the installed folder cannot be written.
    """
    manifest = read(folder)
    _check_content(folder, manifest)
    target = installed_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".installing-", dir=target) as scratch:
            for entry in manifest.files:
                _copy_verified(folder, entry, Path(scratch))
                tell(f"{entry.name}: verified")
            for entry in manifest.files:
                (Path(scratch) / entry.file).replace(target / entry.file)
        _merged(target, manifest).write(target)
    except OSError as error:
        raise WeightsError(f"cannot install {folder} into {target}: {error}") from error
    return target


def _check_content(folder: Path, manifest: Manifest) -> None:
    named = {MANIFEST, LICENCES, *(entry.file for entry in manifest.files)}
    for path in sorted(folder.iterdir()):
        if path.name not in named:
            raise WeightsError(f"{path} is not in the {MANIFEST}: take it away, or pack again")
        if path.is_symlink() or not path.is_file():
            raise WeightsError(f"{path} is not a plain file: pack again")
    for entry in manifest.files:
        if not (folder / entry.file).is_file():
            raise WeightsError(f"{folder / entry.file} is missing: copy it, or pack again")


def _copy_verified(folder: Path, entry: PackedFile, scratch: Path) -> None:
    """The sum is that of the bytes which are installed, so no later change slips in between."""
    sha256, _ = copy(folder / entry.file, scratch / entry.file)
    if sha256 != entry.sha256:
        raise WeightsError(
            f"{folder / entry.file} is changed or damaged (its sha256 is {sha256}, in the "
            f"{MANIFEST} it is {entry.sha256}): copy it again; nothing was installed"
        )


def _merged(target: Path, new: Manifest) -> Manifest:
    """What was installed before and is not replaced, and what is new."""
    try:
        before = read(target).files
    except WeightsError:
        before = []
    names = {entry.file for entry in new.files}
    kept = [entry for entry in before if entry.file not in names]
    return Manifest(files=[*kept, *new.files])

"""Paths that a file of a dataset names have to lie inside the dataset."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from iadbe.errors import DataError


def inside(root: Path, name: str, where: str) -> Path:
    """The file below a folder that is named in a list.

    Args:
        root: Absolute folder.
        name: POSIX path relative to `root`.
        where: Who names it, for the message.

    Returns:
        Absolute path; it may not exist.

    Raises:
        DataError: If the name is empty, absolute, or leads out of the folder.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    if not parts.parts or parts.is_absolute() or ".." in parts.parts:
        raise DataError(f"{where}: '{name}' is no path below {root}. Correct it.")
    return root.joinpath(*parts.parts)

"""Write a file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from iadbe.errors import DataError


def write_in_one_step(file: Path, write: Callable[[Path], object]) -> None:
    """Write beside, then put in place: whoever reads meanwhile, or a kill, finds the former file.

    Args:
        file: Where; its folder is made if need be.
        write: Writes to the path that it is given.

    Raises:
        DataError: If the folder cannot be written.
    """
    partial = file.with_name(f"{file.name}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write(partial)
        partial.replace(file)
    except OSError as error:
        raise DataError(
            f"Cannot write {file} ({error.strerror or error}): make its folder writable, "
            "or give another one in catalog.yml."
        ) from error

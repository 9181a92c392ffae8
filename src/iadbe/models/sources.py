"""A digest of a plugin's own source files."""

from __future__ import annotations

import functools
import hashlib
import sys
from pathlib import Path

_BUILT_IN = "iadbe.models."


@functools.cache
def digest(module: str) -> str:
    """Hash the `*.py` files of the package a module belongs to.

    A built-in adapter is its subpackage alone (`iadbe.models.yolo`), so that a change elsewhere in
    IADBE does not touch it. A stranger's plugin is its outermost regular package, or its one file.

    Args:
        module: Dotted name of an imported module.

    Returns:
        The first 8 hexadecimal digits of a SHA-256.
    """
    hashed = hashlib.sha256()
    for name, file in _files(module):
        hashed.update(f"{name}\0".encode() + file.read_bytes() + b"\0")
    return hashed.hexdigest()[:8]


def _files(module: str) -> list[tuple[str, Path]]:
    """The source files with names that do not depend on where the package lies."""
    origin = _origin(module)
    if origin is None:
        return []
    if origin.name != "__init__.py":
        return [(origin.name, origin)]
    root = origin.parent
    return [(path.relative_to(root).as_posix(), path) for path in sorted(root.rglob("*.py"))]


def _origin(module: str) -> Path | None:
    """The source file of the outermost package that is the plugin's own."""
    parts = module.split(".")
    shortest = 3 if module.startswith(_BUILT_IN) else 1
    for length in range(shortest, len(parts) + 1):
        file = getattr(sys.modules.get(".".join(parts[:length])), "__file__", None)
        if file is not None and Path(file).is_file():
            return Path(file)
    return None

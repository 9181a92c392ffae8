"""Copy a folder at an fsspec address to this machine."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from filelock import FileLock

from iadbe.errors import ConfigError, DataError

_LOG = logging.getLogger(__name__)


def mirrored(address: str, options: Mapping[str, Any], cache: Path) -> Path:
    """The copy of a remote folder, made when first asked for.

    Each file is fetched under another name and then renamed; the folder counts only once all have
    come. Broken off, it goes on with the files that are missing.

    Args:
        address: Any address of fsspec.
        options: For its file system.
        cache: Folder of all copies.

    Raises:
        DataError: If nothing is there, or it cannot be fetched.
        ConfigError: If no file system answers to the address.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{cache}: cannot be made ({error.strerror}). Set IADBE_CACHE to another folder."
        raise DataError(message) from error
    folder = cache / hashlib.sha256(address.encode()).hexdigest()[:16]
    record = folder.with_suffix(".json")
    with FileLock(folder.with_suffix(".lock")):
        if not record.is_file():
            files = _fetch(address, options, folder)
            record.write_text(json.dumps({"address": address, "files": files}, indent=1), "utf-8")
            _LOG.info("%s: %d files copied to %s; remove it to copy anew.", address, files, folder)
    return folder


def _fetch(address: str, options: Mapping[str, Any], folder: Path) -> int:
    system, root = _system(address, options)
    try:
        return _copy_all(system, root, address, folder)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise DataError(
            f"{address}: cannot be fetched ({_first_line(error)}). Correct `filepath` or its "
            "`credentials` in catalog.yml, or copy the folder and give its path."
        ) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] in {"iadbe", "builtins"}:
            raise
        message = f"{address}: cannot be fetched ({_first_line(error)}). Is it right and in reach?"
        raise DataError(message) from error  # each file system has errors of its own


def _copy_all(system: Any, root: str, address: str, folder: Path) -> int:
    found: dict[str, Any] = system.find(root, detail=True)
    if not found:
        raise DataError(f"{address}: nothing is there. Correct `filepath` in catalog.yml.")
    for name, facts in sorted(found.items()):
        _copy(system, name, folder / _below(name, root, address), facts.get("size"))
    return len(found)


def _system(address: str, options: Mapping[str, Any]) -> tuple[Any, str]:
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(address, **options)
    except (ImportError, ValueError, TypeError, OSError) as error:
        raise ConfigError(f"{address}: {_first_line(error)}. Correct `filepath`.") from error
    return system, str(root)


def _copy(system: Any, name: str, target: Path, size: int | None) -> None:
    if target.is_file() and (size is None or target.stat().st_size == size):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    system.get_file(name, str(part))
    if size is not None and part.stat().st_size != size:
        raise DataError(f"{name}: {part.stat().st_size} of {size} bytes came. Try again.")
    part.replace(target)


def _below(name: str, root: str, address: str) -> PurePosixPath:
    """Where a file goes; never out of the folder."""
    base = root.rstrip("/")
    below = name[len(base) :] if name.startswith(base) else name
    path = PurePosixPath(unquote(below) if "://" in name else below)
    parts = [part for part in path.parts if part != "/"]
    if not parts:  # the address is that of one file
        parts = [PurePosixPath(name).name]
    if ".." in parts:
        raise DataError(f"{address}: '{name}' would lie outside the cache. Nothing more is copied.")
    return PurePosixPath(*parts)


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__

"""From what the catalog calls `filepath` to a folder on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CACHE_VARIABLE = "IADBE_CACHE"
"""Environment variable: the folder for what is fetched; by default `~/.cache/iadbe`."""
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+)(://|::)")


def is_remote(address: str) -> bool:
    """Whether it is an address such as `s3://…`, and not a path of this machine."""
    found = _SCHEME.match(address)
    return found is not None and found[1] not in {"file", "local"}


def local_path(address: str) -> Path:
    """The path that is meant by a local address; `file://` may stand before it."""
    return Path(re.sub(r"^(file|local)://", "", address))


def cache_folder() -> Path:
    """The folder for what is fetched."""
    given = os.environ.get(CACHE_VARIABLE)
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(given) if given else Path(home) / "iadbe"


def fetched(address: str, options: Mapping[str, Any]) -> Path:
    """The local folder of an address; what is remote is fetched, if it was not yet.

    Args:
        address: A path, `hf://…`, or any address of fsspec (`s3://…`, `zip://::file.zip`, …).
        options: For the file system, such as credentials.

    Raises:
        DataError: If there is nothing, or it cannot be fetched.
        ConfigError: If the address is malformed, or a package for it is missing.
    """
    if not is_remote(address):
        return local_path(address)
    if address.startswith("hf://"):
        from iadbe.remote.hub import snapshot

        return snapshot(address, options.get("token"))
    from iadbe.remote.mirror import mirrored

    return mirrored(address, options, cache_folder() / "mirrors")

"""Sees which files Python writes, through the interpreter's audit hooks.

Libraries in C that open files by themselves are not seen.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_PATH_OF = {"os.mkdir": 0, "os.remove": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1}
"""Audit events that change a folder: which of their arguments is the path."""
CACHES = (
    "HF_HOME",
    "IADBE_WEIGHTS",
    "MPLCONFIGDIR",
    "NUMBA_CACHE_DIR",
    "TORCH_HOME",
    "TRITON_CACHE_DIR",
    "XDG_CACHE_HOME",
    "YOLO_CONFIG_DIR",
)
"""Variables that name a folder where libraries keep what they may make again."""

_seen: set[str] | None = None
_installed = False


@contextlib.contextmanager
def written() -> Iterator[set[str]]:
    """Collect the absolute paths of files and folders that are written meanwhile."""
    global _installed, _seen  # noqa: PLW0603 - an audit hook is the process's, for good
    if not _installed:
        sys.addaudithook(_hook)
        _installed = True
    outer, _seen = _seen, set()
    try:
        yield _seen
    finally:
        _seen = outer


def astray(paths: set[str]) -> list[str]:
    """Those outside temporary folders, caches and devices."""
    named = [Path(os.environ[name]) for name in CACHES if os.environ.get(name)]
    allowed = [Path(tempfile.gettempdir()), Path("~/.cache"), Path("/dev"), Path("/proc"), *named]
    roots = [root.expanduser().resolve() for root in allowed]
    return sorted(path for path in paths if not _is_below(Path(path), roots))


def _is_below(path: Path, roots: list[Path]) -> bool:
    if "__pycache__" in path.parts:
        return True
    resolved = path.resolve()
    return any(resolved.is_relative_to(root) for root in roots)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _seen is None:
        return
    if event == "open" and _writes(*arguments[1:3]):
        _note(arguments[0])
    elif event in _PATH_OF:
        path = arguments[_PATH_OF[event]]
        if event != "os.mkdir" or not os.path.exists(path):  # noqa: PTH110 - a str or bytes
            _note(path)


def _writes(mode: str | None, flags: int | None) -> bool:
    return any(letter in "wax+" for letter in mode or "") or bool((flags or 0) & _WRITING)


def _note(path: object) -> None:
    if _seen is not None and isinstance(path, str | bytes | os.PathLike):
        _seen.add(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - resolves no link

"""Which commit of the user's project a run was made from."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

_SECONDS = 10


def git_state(folder: Path) -> dict[str, Any] | None:
    """The git checkout around a folder.

    Args:
        folder: Any folder, e.g. that of the configuration.

    Returns:
        `commit`, the full hash, and `dirty`, whether tracked files differ from it; None if the
        folder is in no checkout, there is no commit yet, or there is no git.
    """
    commit = _git(folder, "rev-parse", "--verify", "HEAD")
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    if commit is None or changed is None:
        return None
    return {"commit": commit, "dirty": bool(changed)}


def _git(folder: Path, *words: str) -> str | None:
    """What git answers; None if it cannot be asked, or does not know."""
    # Without locks: a run must not get into the way of the user's own git.
    command = ["git", "--no-optional-locks", "-C", str(folder), *words]
    try:
        done = subprocess.run(  # noqa: S603 - our own words and a folder
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None

"""Where weights lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FOLDER_VARIABLE: Final = "IADBE_WEIGHTS"
"""Environment variable naming the user's folder of weights; it comes before everything else."""


def user_folder() -> Path | None:
    """The folder `IADBE_WEIGHTS`, if it is set."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder).expanduser() if folder else None


def installed_folder() -> Path:
    """Where `iadbe weights install` puts weights: `~/.local/share/iadbe/weights` by default."""
    return _base("XDG_DATA_HOME", ".local/share") / "iadbe" / "weights"


def downloads_folder() -> Path:
    """Our own cache of files that come from an address."""
    return _base("XDG_CACHE_HOME", ".cache") / "iadbe" / "downloads"


def torch_checkpoints() -> Path:
    """The cache of torchvision's weights, as `torch.hub.get_dir` has it; imports no torch."""
    default = _base("XDG_CACHE_HOME", ".cache") / "torch"
    home = Path(os.environ.get("TORCH_HOME") or default).expanduser()
    return home / "hub" / "checkpoints"


def _base(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / default).expanduser()

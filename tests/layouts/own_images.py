"""Small images for the layouts of one's own images."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def put(root: Path, *names: str, size: tuple[int, int] = (16, 12)) -> None:
    """Draw images; each has pixels of its own."""
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        seed = sum(name.encode()) + len(name)
        pixels = np.random.default_rng(seed).integers(60, 200, (size[1], size[0], 3), np.uint8)
        Image.fromarray(pixels).save(file)


def files_of(root: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file: to see that nothing was written or changed."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }

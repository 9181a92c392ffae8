"""Images and a mask with all that makes outlines hard; and what a folder holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

RNG = np.random.default_rng(0)


def photo(file: Path, size: tuple[int, int] = (40, 30)) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(RNG.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)).save(file)
    return file


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All that a file is: to see that nothing was changed."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def odd_mask() -> np.ndarray:
    """A ring with a hole, a part that touches it by a corner, one apart, and one at the border."""
    mask = np.zeros((30, 40), dtype=bool)
    mask[5:15, 5:15] = True
    mask[8:12, 8:11] = False
    mask[15:18, 15:18] = True
    mask[22:25, 3:9] = True
    mask[20:30, 33:40] = np.tri(10, 7, dtype=bool)
    return mask

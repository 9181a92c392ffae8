"""Time and peak memory of the audit of 10,000 generated JPEG images of one megapixel.

    python benchmarks/audit.py [IMAGES]

The images are generated first, which is not timed, in the layout of MVTec AD. Then the audit runs
twice, each time in a new process: the second finds what the first remembered.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

EDGE = 1000


def generate(root: Path, count: int) -> None:
    """Distinct images: parts of one large noise picture, 80 % to train on and 20 % to test."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (96, 96, 3), dtype=np.uint8)
    large = np.asarray(
        Image.fromarray(coarse).resize((3 * EDGE, 3 * EDGE), Image.Resampling.BICUBIC)
    )
    for name in ("train/good", "test/good", "test/dent"):
        (root / "part" / name).mkdir(parents=True)
    for n in range(count):
        top, left = rng.integers(0, 2 * EDGE, 2)
        folder = "train/good" if n % 5 else ("test/dent" if n % 2 else "test/good")
        picture = Image.fromarray(large[top : top + EDGE, left : left + EDGE])
        picture.save(root / "part" / folder / f"{n:06d}.jpg", quality=85)


def audit(root: Path, memory: Path) -> None:
    """What a process of its own does; prints findings, seconds and peak memory."""
    from iadbe.audit.run import audit as run
    from iadbe.images.memory import Inspections
    from iadbe.layouts.mvtec_ad import index
    from iadbe.machine import peak_memory_mb

    start = time.perf_counter()
    files = index(root, "part")
    found = Inspections(memory).inspect(files["image_path"])
    findings = run("generated", files, found, root)
    seconds = time.perf_counter() - start
    print(
        f"{len(files)} images, {len(findings)} findings: {seconds:.1f} s, "
        f"peak {peak_memory_mb():.0f} MB, {os.cpu_count()} cores"
    )


def main() -> None:
    """Generate, audit, audit again."""
    if sys.argv[1:2] == ["--audit"]:
        audit(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        root, memory = Path(scratch, "raw"), Path(scratch, "inspections.sqlite")
        generate(root, count)
        for _ in range(2):
            command = [sys.executable, __file__, "--audit", str(root), str(memory)]
            subprocess.run(command, check=True)  # noqa: S603 - this very file


if __name__ == "__main__":
    main()

"""Milliseconds to get one image from the store of decoded images, against decoding it each time.

    python benchmarks/image_store.py [FOLDER OF IMAGES]

Without a folder, 1-megapixel photographs are generated. Both ways are timed in turn on the same
images, so their ratio holds on a noisy machine; the files are in the page cache both times.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from iadbe.images.read import read_image
from iadbe.images.store import ImageStore

SIZE, COUNT, ROUNDS = 256, 40, 5


def generate(folder: Path) -> None:
    """Smooth noise with detail, as JPEG and as PNG, 1000 × 1000."""
    rng = np.random.default_rng(0)
    for n in range(COUNT):
        coarse = gaussian_filter(rng.normal(0, 400, (1000, 1000, 3)), (12, 12, 0))
        pixels = np.clip(128 + coarse + rng.normal(0, 4, coarse.shape), 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{n:03d}.{'jpg' if n % 2 else 'png'}", quality=90)


def compare(paths: list[Path], store: ImageStore) -> tuple[float, float]:
    """Median milliseconds an image: decoded, then stored."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    for path, digest in zip(paths, digests, strict=True):
        store.read(path, SIZE, digest)
    decoded, stored = [], []
    for _ in range(ROUNDS):
        for path, digest in zip(paths, digests, strict=True):
            start = time.perf_counter()
            fresh = read_image(path, SIZE)
            middle = time.perf_counter()
            kept = store.read(path, SIZE, digest)
            decoded.append(1e3 * (middle - start))
            stored.append(1e3 * (time.perf_counter() - middle))
            assert np.array_equal(fresh, kept)
    return median(decoded), median(stored)


def main() -> None:
    """Print a line a kind of file."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch, "images")
        if len(sys.argv) == 1:
            folder.mkdir()
            generate(folder)
        for suffix in sorted({path.suffix for path in folder.iterdir() if path.is_file()}):
            paths = sorted(folder.glob(f"*{suffix}"))[:COUNT]
            decode_ms, store_ms = compare(paths, ImageStore(Path(scratch, "store")))
            ratio = decode_ms / store_ms
            times = f"decode {decode_ms:.2f} ms, store {store_ms:.2f} ms"
            print(f"{suffix} ×{len(paths)}: {times}, ratio {ratio:.0f}")


if __name__ == "__main__":
    main()

"""A small dataset that has nothing wrong with it, to be spoilt."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.audit.run import audit
from iadbe.images.memory import Inspections
from iadbe.layouts.mvtec_ad import index

COUNTS = {"train/good": 20, "test/good": 10, "test/scratch": 10}


def picture(seed, edge=64):
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((edge, edge), Image.Resampling.BICUBIC)


class Raw:
    """The folder, and its audit as it is now."""

    def __init__(self, root):
        self.root = root
        for place, (kind, count) in enumerate(COUNTS.items()):
            folder = root / "part" / kind
            folder.mkdir(parents=True)
            for n in range(count):
                picture(100 * place + n).save(folder / f"{n:03d}.png")
        for n in range(10):
            self.mask(n)

    def mask(self, n, box=(10, 10, 20, 20), size=(64, 64)):
        path = self.root / f"part/ground_truth/scratch/{n:03d}_mask.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        mask = Image.new("L", size)
        mask.paste(255, box)
        mask.save(path)
        return path

    def files(self):
        return index(self.root, "part")

    def audit(self, files=None):
        files = self.files() if files is None else files
        paths = [*files["image_path"], *files["mask_path"].dropna()]
        found = Inspections(self.root.parent / "inspections.sqlite").inspect(paths)
        return audit("shop", files, found, self.root)

    def found(self, files=None):
        table = self.audit(files)
        return set(zip(table["severity"], table["rule"], strict=True))


@pytest.fixture
def raw(tmp_path):
    return Raw(tmp_path / "raw")


@pytest.fixture(autouse=True)
def _wide():
    with pd.option_context("display.width", 300, "display.max_colwidth", 200):
        yield

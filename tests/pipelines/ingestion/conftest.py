"""A raw dataset of two tiny categories, and its ingestion in this process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.datasets.raw_images import RawImages
from iadbe.images.memory import Inspections
from iadbe.pipelines.ingestion.nodes import Ingest, audit_files, split_samples

RNG = np.random.default_rng(0)


class Raw:
    """Writes images below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: str, size: tuple[int, int] = (8, 8), black: bool = False) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        pixels = RNG.integers(1, 256, size[::-1], dtype=np.uint8)
        Image.fromarray(pixels * (not black)).save(file)
        return file

    def put_category(self, name: str, train: int = 20) -> None:
        for number in range(train):
            self.put(f"{name}/train/good/{number:03d}.png")
        for number in range(3):
            self.put(f"{name}/train/cut/{100 + number}.png")
            self.put(f"{name}/test/good/{number:03d}.png")
            self.put(f"{name}/test/cut/{number:03d}.png")
            self.put(f"{name}/ground_truth/cut/{number:03d}_mask.png")

    def ingest(
        self,
        *categories: str,
        validation: float = 0.2,
        layout: str = "mvtec_ad",
        leave_out: bool = False,
    ):
        raw = RawImages(self.root, layout)
        given = {"categories": list(categories or ["cup"]), "validation": validation}
        ingest = Ingest(dataset="ours", **given, leave_out_errors=leave_out)
        files, self.findings = audit_files(
            raw, Inspections(self.root.parent / "memory.sqlite"), ingest
        )
        return split_samples(files, self.findings, raw, ingest)


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    raw = Raw(tmp_path / "raw")
    raw.put_category("cup")
    return raw

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.models.weights import PACKAGED_BACKBONE
from iadbe.samples import Samples

SIZE = 64

_SETTINGS: dict[str, dict[str, Any]] = {
    "Padim": {"args": {"layers": ["blocks.2", "blocks.4"], "n_features": 30}},
    "Patchcore": {"args": {"layers": ["blocks.2", "blocks.4"], "coreset_sampling_ratio": 0.1}},
    "Dfkde": {"args": {"layers": ["blocks.6"], "n_pca_components": 4}},
    "Stfpm": {"args": {"layers": ["blocks.1", "blocks.2"]}, "epochs": 1, "batch_size": 4},
}


@pytest.fixture(scope="session")
def settings() -> Callable[[str], dict[str, Any]]:
    """Parameters of a small model on the packaged backbone, by class name."""

    def by_name(name: str) -> dict[str, Any]:
        given = _SETTINGS[name]
        return {"name": name, **given, "args": {"backbone": PACKAGED_BACKBONE, **given["args"]}}

    return by_name


def _draw(rng: np.random.Generator, *, defective: bool) -> Image.Image:
    """A striped plate under varying light; a defect is a dark blot."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE]
    plate = (
        0.5 + 0.2 * np.sin((columns + rng.uniform(0, 2)) / 3) + rng.normal(0, 0.03, (SIZE, SIZE))
    )
    plate += rng.uniform(-0.05, 0.05)
    if defective:
        y, x = rng.integers(16, SIZE - 16, 2)
        plate[(rows - y) ** 2 + (columns - x) ** 2 < 60] -= 0.4
    pixels = np.stack([plate, plate * 0.9, plate * 0.8], axis=2).clip(0, 1)
    return Image.fromarray((pixels * 255).astype(np.uint8))


def _samples(folder: Path, count: int, *, defective: bool, seed: int) -> Samples:
    rng = np.random.default_rng(seed)
    rows = []
    for index in range(count):
        path = folder / f"{'bad' if defective else 'good'}_{seed}_{index:03}.png"
        _draw(rng, defective=defective).save(path)
        rows.append({"sample_id": path.name, "image_path": str(path)})
    return Samples(pd.DataFrame(rows), SIZE)


@pytest.fixture(scope="session")
def train_samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return _samples(tmp_path_factory.mktemp("train"), 14, defective=False, seed=0)


@pytest.fixture(scope="session")
def test_samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Five normal samples, then six anomalous: one full prediction batch and a rest."""
    folder = tmp_path_factory.mktemp("test")
    normal = _samples(folder, 5, defective=False, seed=1)
    anomalous = _samples(folder, 6, defective=True, seed=2)
    return Samples(pd.concat([normal.frame, anomalous.frame]), SIZE)

"""A small cell with real files, and random stacks of maps and masks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.benchmark.cell import Cell
from iadbe.costs.table import cost_table
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.detection_table import detection_table
from iadbe.metrics.measure import Measure
from iadbe.schemas import OPTIONAL_SAMPLE_COLUMNS, SamplesSchema

SIZE = 32


@dataclass
class Bench:
    """All the inputs of `evaluate` and `choose_examples`."""

    cell: Cell
    samples: pd.DataFrame
    predictions: pd.DataFrame
    maps: AnomalyMaps | None
    costs: pd.DataFrame
    run: dict[str, object] = field(default_factory=dict)
    detections: pd.DataFrame = field(default_factory=lambda: detection_table([]))

    def test_rows(self) -> pd.DataFrame:
        """Test rows with their scores, in the manifest's order."""
        rows = self.samples[self.samples["split"] == "test"]
        return rows.merge(self.predictions, on="sample_id")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """4 train, 6 val, 7 normal and 9 anomalous test samples with images and masks on disk."""
    rng = np.random.default_rng(7)
    plan = [("train", 0)] * 4 + [("val", 0)] * 6 + [("test", 0)] * 7 + [("test", 1)] * 9
    rows = [_row(tmp_path, rng, place, *entry) for place, entry in enumerate(plan)]
    samples = SamplesSchema.validate(pd.DataFrame(rows))
    asked = samples[samples["split"] != "train"]
    maps = rng.normal(size=(len(asked), SIZE, SIZE)).astype(np.float32)
    maps[asked["label"].to_numpy() == 1, 8:16, 4:20] += 1.0
    return Bench(
        cell=Cell(
            dataset="toy", model="noise", category="tile", seed=0, plugin="noise", params={},
            image_size=SIZE, threshold_quantile=0.8,
        ),
        samples=samples,
        predictions=pd.DataFrame(
            {
                "sample_id": asked["sample_id"].to_numpy(),
                "image_score": rng.normal(size=len(asked)) + asked["label"].to_numpy(),
            }
        ),
        maps=AnomalyMaps(asked["sample_id"].to_list(), maps),
        costs=cost_table(
            [
                Measure("system", "fit_seconds", 2.5, 4),
                Measure("system", "latency_p50_ms", 11.0, 20),
            ]
        ),
    )  # fmt: skip


def _row(
    folder: Path, rng: np.random.Generator, place: int, split: str, label: int
) -> dict[str, object]:
    image_path, mask_path = folder / f"{place:03}.png", folder / f"{place:03}_mask.png"
    Image.fromarray(rng.integers(0, 255, (48, 40, 3), dtype=np.uint8)).save(image_path)
    if label:
        mask = np.zeros((2 * SIZE, 2 * SIZE), np.uint8)
        mask[16:32, 8:40] = 255
        Image.fromarray(mask).save(mask_path)
    return {
        "sample_id": f"{split}/{place:03}", "dataset": "toy", "category": "tile", "split": split,
        "label": label, "defect_type": "dent" if label else "good", "image_path": str(image_path),
        "mask_path": str(mask_path) if label else None, "boxes": None, "height": 48, "width": 40,
        "sha256": "0", "mask_sha256": None, **OPTIONAL_SAMPLE_COLUMNS,
    }  # fmt: skip


Stack = tuple[np.ndarray, np.ndarray]


def _draw_stack(seed: int) -> Stack:
    """Random maps and masks, both classes present; scores of many kinds."""
    rng = np.random.default_rng(seed)
    n, edge = int(rng.integers(1, 6)), int(rng.integers(3, 13))
    masks = rng.random((n, edge, edge)) < rng.choice([0.02, 0.1, 0.3, 0.7])
    masks.flat[0], masks.flat[1] = True, False
    kinds: list[Callable[[], np.ndarray]] = [
        lambda: rng.normal(size=masks.shape),
        lambda: rng.integers(0, int(rng.integers(1, 8)), masks.shape).astype(float),
        lambda: rng.standard_cauchy(masks.shape),
        lambda: 10.0 ** rng.uniform(-12, 12, masks.shape),
        lambda: np.full(masks.shape, rng.normal()),
        lambda: np.where(np.arange(masks.size).reshape(masks.shape) == 2, 3e38, 0.0),
        lambda: rng.choice([-0.0, 0.0, 1e-40], masks.shape),
        lambda: masks + rng.integers(0, 3, masks.shape) / 2,
    ]
    return kinds[seed % len(kinds)]().astype(np.float32), masks


@pytest.fixture(scope="session")
def draw_stack() -> Callable[[int], Stack]:
    """Draw maps float32 and masks bool of shape (n, H, W) from a seed."""
    return _draw_stack

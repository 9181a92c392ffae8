"""A made-up benchmark of the original's size: 16 models, 5 datasets, 41 categories."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iadbe.reporting.model_cards import CODE_LICENCE, WEIGHTS_LICENCE, ModelCard
from iadbe.schemas import CurvesSchema, ExamplesSchema, MetricsSchema, RunsSchema, SamplesSchema

from .made_up import Tables, frame, metric_row, runs_row

SIZES = {"mvtec_ad": 15, "visa": 12, "mvtec_3d": 10, "btech": 3, "kolektor": 1}
MODELS = (
    "cfa", "cflow", "csflow", "dfkde", "dfm", "draem", "dsr", "efficient_ad", "fastflow",
    "ganomaly", "padim", "patchcore", "reverse_distillation", "rkde", "stfpm", "yolov8",
)  # fmt: skip
CATEGORIES = [(name, f"part_{n:02d}") for name, size in SIZES.items() for n in range(size)]
CARDS = [
    ModelCard(
        model,
        model,
        None,
        [
            (CODE_LICENCE, "AGPL-3.0" if model == "yolov8" else "Apache-2.0"),
            (WEIGHTS_LICENCE, "not stated" if place % 5 == 0 else "BSD-3-Clause (torchvision)"),
        ],
    )
    for place, model in enumerate(MODELS)
]


def make_many():
    """Draw the tables from a fixed seed; one model of one category failed."""
    random = np.random.default_rng(11)
    ease = {at: random.uniform(0.02, 0.3) for at in CATEGORIES}
    cells = [(model, place, at) for place, model in enumerate(MODELS) for at in CATEGORIES]
    failed = ("dsr", MODELS.index("dsr"), ("visa", "part_03"))
    rows = [row for cell in cells if cell != failed for row in _metrics(*cell, ease, random)]
    runs = [_run(model, *at, failed=(model, place, at) == failed) for model, place, at in cells]
    return Tables(
        frame(MetricsSchema, rows),
        frame(RunsSchema, runs),
        frame(CurvesSchema, []),
        frame(ExamplesSchema, []),
    )


def make_samples():
    """A manifest a dataset, of the sizes that such datasets have."""
    random = np.random.default_rng(5)
    rows = [row for at in CATEGORIES for row in _samples(*at, random)]
    return frame(SamplesSchema, rows)


def _samples(dataset, category, random):
    sizes = {"train": (random.integers(60, 800), 0), "val": (random.integers(15, 90), 0)}
    sizes["test"] = tuple(random.integers(20, 120, 2))
    for split, numbers in sizes.items():
        for label, number in enumerate(numbers):
            for place in range(number):
                path = f"{dataset}/{category}/{split}/{label}/{place:03d}.png"
                row = dict.fromkeys(SamplesSchema.to_schema().columns)
                row |= {"sample_id": path, "dataset": dataset, "category": category}
                row |= {"split": split, "label": label, "defect_type": "good", "image_path": path}
                yield row | {"height": 9, "width": 9, "sha256": "0", "synthetic": False}


def _run(model, dataset, category, *, failed):
    return runs_row(
        dataset,
        model,
        category,
        status="failed" if failed else "done",
        supervision="supervised" if model == "yolov8" else "unsupervised",
    )


def _metrics(model, place, at, ease, random):
    dataset, category = at
    strength = 0.2 + 1.6 * ((place * 7) % 16) / 15
    auroc = float(np.clip(1 - ease[at] * strength - random.normal(0, 0.02), 0.3, 1))
    slow = (15 - (place * 7) % 16 + 4 * (place % 3)) % 16  # the better are slower, roughly
    latency = 4 * 1.35**slow * random.uniform(0.9, 1.1)
    values = {
        ("image", "auroc"): auroc,
        ("image", "average_precision"): min(1, auroc + 0.02),
        ("image", "f1_max"): max(0.3, auroc - 0.03),
        ("image", "false_alarm_rate"): 0.05 + (place % 4) * 0.02,
        ("image", "miss_rate"): (1 - auroc) * 1.2,
        ("pixel", "auroc"): min(1, 0.5 + auroc / 2.05),
        ("region", "aupro"): auroc * 0.94,
        ("system", "fit_seconds"): 3 * 1.5**place * random.uniform(0.6, 1.6),
        ("system", "latency_p50_ms"): latency,
        ("system", "peak_memory_mb"): 700.0 + 130 * ((place * 3) % 16),
        ("system", "model_size_mb"): 8 * 1.3 ** ((place * 11) % 16),
    }
    return [
        metric_row(value, *key, model=model, category=category)
        | {"dataset": dataset}
        | _ends(key, value)
        for key, value in values.items()
    ]


def _ends(key, value):
    if key != ("image", "auroc"):
        return {}
    return {"ci_low": max(0.0, value - 0.03), "ci_high": min(1.0, value + 0.02)}


def part(tables, dataset):
    """The tables of one dataset."""
    return Tables(*(_own(table, dataset) for table in tables[:4]))


def _own(table: pd.DataFrame, dataset):
    return table[table["dataset"] == dataset].reset_index(drop=True)

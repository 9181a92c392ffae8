"""A made-up benchmark of the size of the original: 16 models, 41 categories, real picture sizes."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
from PIL import Image

from iadbe.reporting.details import Details
from iadbe.schemas import (
    CurvesSchema,
    ExamplesSchema,
    MetricsSchema,
    RunsSchema,
    SamplesSchema,
    ScoresSchema,
    ThumbnailsSchema,
)

from .made_up import Tables, frame, metric_row, runs_row

MODELS = (
    "cfa", "cflow", "csflow", "dfkde", "dfm", "draem", "dsr", "fastflow", "fre", "ganomaly",
    "padim", "patchcore", "reverse_distillation", "rkde", "stfpm", "uflow",
)  # fmt: skip
DATASETS = {
    "mvtec_ad": "bottle cable capsule carpet grid hazelnut leather metal_nut pill screw tile "
    "toothbrush transistor wood zipper",
    "mvtec_3d": "bagel cable_gland carrot cookie dowel foam peach potato rope tire",
    "btech": "01 02 03",
    "visa": "candle capsules cashew chewinggum fryum macaroni1 macaroni2 pcb1 pcb2 pcb3 pcb4 "
    "pipe_fryum",
    "kolektor": "kolektor",
}
PAIRS = [(name, category) for name, text in DATASETS.items() for category in text.split()]
_NORMAL, _ANOMALOUS, _EDGE = 30, 70, 144
_TYPES = ("good", "scratch", "hole", "stain")
_QUALITY = (
    ("image", "auroc"), ("image", "average_precision"), ("image", "f1_max"),
    ("image", "fpr_at_95_tpr"), ("image", "false_alarm_rate"), ("image", "miss_rate"),
    ("pixel", "auroc"), ("pixel", "average_precision"), ("pixel", "f1_max"), ("pixel", "iou_max"),
    ("pixel", "aupimo"), ("region", "aupro"), ("region", "aupro_005"), ("region", "pro_at_f1_max"),
    ("region", "recall_at_1_false_region"),
)  # fmt: skip
_COSTS = {"fit_seconds": 100.0, "latency_p50_ms": 30.0, "latency_p95_ms": 40.0,
          "throughput_per_s": 50.0, "peak_memory_mb": 900.0, "model_size_mb": 60.0}  # fmt: skip


def make_full_matrix():
    """All tables of a finished benchmark."""
    random = np.random.default_rng(3)
    strength = dict(zip(MODELS, random.uniform(0.6, 3.0, len(MODELS)), strict=True))
    cells = [(dataset, model, category) for model in MODELS for dataset, category in PAIRS]
    pictures = _pictures(random)
    curves = frame(CurvesSchema, [row for cell in cells for row in _curves(*cell)])
    return Tables(
        frame(MetricsSchema, [row for cell in cells for row in _metrics(*cell, strength, random)]),
        frame(RunsSchema, [_run(*cell) for cell in cells]),
        curves,
        frame(ExamplesSchema, [row for cell in cells for row in _examples(*cell, pictures)]),
        Details(
            scores=pd.concat([_scores(*cell, strength, random) for cell in cells]),
            curves=curves,
            thumbnails=frame(ThumbnailsSchema, _thumbnails(pictures)),
            samples=frame(SamplesSchema, []),
        ),
    )


def _cell(dataset, model, category):
    return {"dataset": dataset, "model": model, "category": category, "seed": 0}


def _run(dataset, model, category):
    packages = dict.fromkeys(("iadbe", "anomalib", "torch", "numpy", "timm"), "1.2.3")
    environment = {"processor": "Xeon", "cores": 8, "memory_gb": 32, "gpu": "A100", "threads": 4}
    environment |= {"system": "Linux", "python": "3.11.7", "packages": packages}
    data = {name: {"normal": 200, "anomalous": 60} for name in ("train", "val", "test")}
    record = {"command": f"kedro run --env iadbe --params models={model},categories={category}"}
    record |= {"data": {"digest": "0123456789abcdef"} | data, "samples": 160}
    more = {"finished_at": "2026-03-02T14:05:31+00:00", "params": '{"name": "Padim"}'}
    more |= {"environment": pd.io.json.ujson_dumps(environment)}
    more |= {"record": pd.io.json.ujson_dumps(record), "started_at": "2026-03-02T14:00:00+00:00"}
    return runs_row(dataset, model, category, **more)


def _metrics(dataset, model, category, strength, random):
    best = 1 - 0.5 * np.exp(-strength[model]) - random.uniform(0, 0.08)
    for level, metric in _QUALITY:
        for defect in (None, *_TYPES[1:]):
            value = float(np.clip(best - random.uniform(0, 0.1), 0, 1))
            row = metric_row(value, level, metric, model=model, category=category)
            yield row | {"dataset": dataset, "defect_type": defect,
                         "ci_low": value - 0.03, "ci_high": min(1.0, value + 0.02)}  # fmt: skip
    threshold = metric_row(1.0, "image", "threshold", model=model, category=category)
    yield threshold | {"dataset": dataset}
    for metric, cost in _COSTS.items():
        value = cost * strength[model] * random.uniform(0.8, 1.2)
        row = metric_row(value, "system", metric, model=model, category=category)
        yield row | {"dataset": dataset}


def _sample(category, place):
    label = int(place >= _NORMAL)
    kind = _TYPES[1 + place % 3] if label else "good"
    return f"{category}/test/{kind}/{place:03d}.png", label, kind


def _scores(dataset, model, category, strength, random):
    labels = np.repeat([0, 1], [_NORMAL, _ANOMALOUS])
    names, _, kinds = zip(*(_sample(category, place) for place in range(len(labels))), strict=True)
    cell = _cell(dataset, model, category)
    score = random.normal(labels * strength[model], 1)
    sizes = np.where(labels == 1, "medium", None)
    told = {"sample_id": names, "label": labels.astype(np.int8), "defect_type": kinds}
    table = pd.DataFrame({**cell, **told, "defect_size": sizes, "image_score": score})
    return table[list(ScoresSchema.to_schema().columns)]


def _curves(dataset, model, category):
    x = np.linspace(0, 0.3, 200)
    for at, y in zip(x, (x / 0.3) ** 0.2, strict=True):
        yield _cell(dataset, model, category) | {"curve": "pro", "x": at, "y": y}


def _pictures(random):
    """Noise compresses as badly as photographs do: about 5 kB each."""
    return [
        _jpeg(_smooth(random, (_EDGE, _EDGE, 3), 2)) for _ in range(200)
    ], [_jpeg(_smooth(random, (_EDGE, _EDGE), 12)) for _ in range(50)]  # fmt: skip


def _smooth(random, shape, step):
    small = random.integers(
        0, 255, (shape[0] // step, shape[1] // step, *shape[2:]), dtype=np.uint8
    )
    return Image.fromarray(small).resize(shape[:2], Image.Resampling.BICUBIC)


def _jpeg(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=40)
    return buffer.getvalue()


def _examples(dataset, model, category, pictures):
    images, maps = pictures
    seed = sum(map(ord, model + category))
    for kind, first in (("worst_miss", 30), ("worst_false_alarm", 0), ("typical_hit", 60)):
        for place in range(3):
            at = first + (seed + 7 * place) % 30
            name, label, defect = _sample(category, at)
            yield _cell(dataset, model, category) | {
                "sample_id": name, "kind": kind, "place": place + 1, "label": label,
                "defect_type": defect, "image_score": 1.0, "mask": None,
                "image": images[(at + len(category)) % len(images)],
                "anomaly_map": maps[(seed + place) % len(maps)], "map_low": 0.0, "map_high": 5.0,
            }  # fmt: skip


def _thumbnails(pictures):
    images, _ = pictures
    for dataset, category in PAIRS:
        for place in range(0, _NORMAL + _ANOMALOUS, 2):
            name, label, kind = _sample(category, place)
            yield {"dataset": dataset, "category": category, "sample_id": name,
                   "split": "test", "label": label, "defect_type": kind, "mask": None,
                   "image": images[(place + len(category)) % len(images)]}  # fmt: skip

"""A small made-up benchmark: five models, three categories, every kind of trouble."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

from iadbe.reporting.results import CELL
from iadbe.schemas import CurvesSchema, ExamplesSchema, MetricsSchema, RunsSchema

CATEGORIES = ("fabric", "machined_part", "board")
CAUSE = "model said <b>NaN</b> & stopped: 3 of 50 scores are not finite"
TRACEBACK = "data/08_reporting/demo/errors/demo.stfpm.board.s0.txt"
_STRENGTH = {
    "brightness": 0.4,
    "dfkde": 1.2,
    "padim": 2.1,
    "patchcore": 2.6,
    "stfpm": 2.0,
    "yolo": 2.3,
}
_COST = {
    "brightness": (0.4, 1.1),
    "dfkde": (9.0, 31),
    "padim": (7.5, 36),
    "patchcore": (21.0, 58),
    "stfpm": (160.0, 49),
    "yolo": (120.0, 40),
}
_EASE = {"fabric": 1.1, "machined_part": 0.8, "board": 0.55}
_STATUS = {
    ("stfpm", "board"): ("failed", CAUSE, TRACEBACK),
    ("dfkde", "machined_part"): ("stale", None, None),
    ("dfkde", "board"): ("missing", None, None),
}


class Tables(NamedTuple):
    """What the reporting stage is given."""

    metrics: pd.DataFrame
    runs: pd.DataFrame
    curves: pd.DataFrame
    examples: pd.DataFrame


def runs_row(dataset="demo", model="padim", category="fabric", seed=0, status="done", **more):
    """One row of `runs`; keyword arguments replace its columns."""
    row = dict.fromkeys(RunsSchema.to_schema().columns)
    row |= {"dataset": dataset, "model": model, "category": category, "seed": seed}
    row |= {"cell": f"{dataset}.{model}.{category}.s{seed}", "status": status, "seconds": 12.0}
    row |= {"supervision": "unsupervised", "plugin": "anomalib", "params": "{}"}
    return row | more


def metric_row(value, level="image", metric="auroc", *, model="padim", category="fabric", seed=0):
    """One row of `metrics` of the dataset `demo`."""
    cell = {"dataset": "demo", "model": model, "category": category, "seed": seed}
    row = dict.fromkeys(MetricsSchema.to_schema().columns) | cell
    return row | {"level": level, "metric": metric, "value": value, "n": 50, "leakage": "none"}


def frame(schema, rows):
    """Rows as a validated frame, with the schema's columns also when there are none."""
    return schema.validate(pd.DataFrame(rows, columns=list(schema.to_schema().columns)))


def make_tables():
    """Draw plausible tables from a fixed seed."""
    random = np.random.default_rng(7)
    cells = [(m, c) for m in _STRENGTH for c in CATEGORIES]
    ran = [(m, c) for m, c in cells if _STATUS.get((m, c), ("done",))[0] in {"done", "stale"}]
    scores = {cell: _scores(*cell, random) for cell in ran}
    return Tables(
        frame(MetricsSchema, [row for cell in ran for row in _metrics(*cell, *scores[cell])]),
        frame(RunsSchema, [_run(*cell) for cell in cells]),
        frame(CurvesSchema, [row for cell in ran for row in _roc(*cell, *scores[cell])]),
        frame(ExamplesSchema, [row for cell in ran for row in _examples(*cell, random)]),
    )


def _run(model, category):
    status, cause, traceback = _STATUS.get((model, category), ("done", None, None))
    supervision = "supervised" if model == "yolo" else "unsupervised"
    when = None if status == "missing" else "2026-03-02T14:05:31+00:00"
    return runs_row(
        model=model,
        category=category,
        status=status,
        cause=cause,
        traceback_file=traceback,
        supervision=supervision,
        plugin={"yolo": "yolo", "brightness": "brightness"}.get(model, "anomalib"),
        plugin_version="2.7.1",
        params='{"name": "Padim", "backbone": "tf_efficientnet_lite0"}',
        device="cpu",
        finished_at=when,
    )


def _scores(model, category, random):
    gap = _STRENGTH[model] * _EASE[category] + random.normal(0, 0.15)
    return np.sort(random.normal(0, 1, 20)), np.sort(random.normal(gap, 1, 30))


def _metrics(model, category, normal, anomalous):
    auroc = float((anomalous[:, None] > normal).mean())
    fit, latency = _COST[model]
    values = {
        ("image", "auroc"): auroc,
        ("image", "average_precision"): min(1.0, auroc + 0.01),
        ("image", "f1_max"): auroc - 0.02,
        ("image", "false_alarm_rate"): 0.05,
        ("image", "miss_rate"): (1 - auroc) * 1.7,
        ("pixel", "auroc"): 0.5 + auroc / 2.1,
        ("pixel", "average_precision"): auroc * 0.6,
        ("region", "aupro"): auroc * 0.93,
        ("system", "fit_seconds"): fit * _EASE[category],
        ("system", "latency_p50_ms"): latency * (0.9 + 0.1 * _EASE[category]),
        ("system", "throughput_per_s"): 1500 / latency,
        ("system", "parameters"): 13_341_941.0,
        ("system", "peak_memory_mb"): 900.0,
        ("system", "model_size_mb"): 14.5,
    }
    rows = [metric_row(v, *k, model=model, category=category) for k, v in values.items()]
    if model == "brightness":
        for row in rows:
            if row["level"] in {"pixel", "region"}:
                row |= {"value": None, "reason": "the model gives no anomaly maps"}
    return rows


def _roc(model, category, normal, anomalous):
    cell = dict(zip(CELL, ("demo", model, category, 0), strict=True))
    cuts = np.concatenate([[np.inf], np.sort(np.concatenate([normal, anomalous]))[::-1]])
    points = [((normal >= cut).mean(), (anomalous >= cut).mean()) for cut in cuts]
    return [{**cell, "curve": "roc", "x": x, "y": y} for x, y in points]


def _examples(model, category, random):
    for kind, label in (("best_hit", 1), ("worst_miss", 1), ("worst_false_alarm", 0)):
        for place in (1, 2):
            image, mask, heat = _pictures(category, label, random)
            yield {
                **dict(zip(CELL, ("demo", model, category, 0), strict=True)),
                "sample_id": f"test/{'scratch' if label else 'good'}/{place:03d}.png",
                "kind": kind,
                "place": place,
                "label": label,
                "defect_type": "scratch" if label else "good",
                "image_score": {"best_hit": 9.1, "worst_miss": 1.34}.get(kind, 4.2) / place,
                "image": image,
                "mask": mask if label else None,
                "anomaly_map": None if model == "brightness" else heat,
            }


def _pictures(category, label, random, size=128):
    image = Image.new("RGB", (size, size), "#59636e")
    draw = ImageDraw.Draw(image)
    for at in range(0, size, {"fabric": 6, "machined_part": 64, "board": 18}[category]):
        draw.line([(at, 0), (at, size)], fill="#8d99a6")
        draw.line([(0, at), (size, at)], fill="#46505a", width=2)
    x, y = random.integers(20, size - 45, 2)
    mask = Image.new("L", (size, size))
    if label:
        draw.ellipse([x, y, x + 24, y + 12], fill="#d8d2c4")
        ImageDraw.Draw(mask).ellipse([x, y, x + 24, y + 12], fill=255)
    distance = np.hypot(*(np.mgrid[:size, :size] - np.array([y + 6, x + 12])[:, None, None]))
    heat = np.exp(-((distance / 22) ** 2))[..., None] * [255, 170, 60] + [20, 10, 60]
    return _encode(image, "JPEG"), _encode(mask, "PNG"), _encode(_as_image(heat), "JPEG")


def _as_image(pixels):
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _encode(image, form):
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()

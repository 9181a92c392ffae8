"""A small made-up benchmark: five models, three categories, every kind of trouble."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

from iadbe.reporting.details import Details
from iadbe.reporting.results import CELL
from iadbe.schemas import (
    CurvesSchema,
    ExamplesSchema,
    MetricsSchema,
    RunsSchema,
    ScoresSchema,
    ThumbnailsSchema,
)

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
    details: Details = Details()


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
    pictures = {category: _category_pictures(category, random) for category in CATEGORIES}
    curves = frame(CurvesSchema, [row for cell in ran for row in _roc(*cell, *scores[cell])])
    return Tables(
        frame(MetricsSchema, [row for cell in ran for row in _metrics(*cell, *scores[cell])]),
        frame(RunsSchema, [_run(*cell) for cell in cells]),
        curves,
        frame(ExamplesSchema, [row for m, c in ran for row in _examples(m, c, pictures[c])]),
        Details(
            scores=frame(
                ScoresSchema, [row for cell in ran for row in _score_rows(*cell, *scores[cell])]
            ),
            curves=curves,
            thumbnails=frame(ThumbnailsSchema, _thumbnails(pictures)),
        ),
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
        ("image", "threshold"): float(normal[-2]),
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
    pro = [(x, (x / 0.3) ** 0.3) for x in np.linspace(0, 0.3, 40)]
    curves = {"roc": points, "pro": [] if model == "brightness" else pro}
    return [
        {**cell, "curve": name, "x": x, "y": y} for name, line in curves.items() for x, y in line
    ]


def _ids():
    """Sample ids, labels and types, in the order of `_scores`: normal ones first."""
    normal = [(f"test/good/{place:03d}.png", 0, "good") for place in range(20)]
    types = ("scratch", "<b>dent</b>")
    return normal + [(f"test/defect/{n:03d}.png", 1, types[n % 2]) for n in range(30)]


def _score_rows(model, category, normal, anomalous):
    cell = dict(zip(CELL, ("demo", model, category, 0), strict=True))
    for (name, label, kind), value in zip(_ids(), [*normal, *anomalous], strict=True):
        size = "small" if label else None
        yield cell | {"sample_id": f"{category}/{name}", "label": label, "defect_type": kind,
                      "defect_size": size, "image_score": value}  # fmt: skip


def _category_pictures(category, random):
    """Image, mask and map of some samples."""
    return {
        (f"{category}/{name}", label, kind): _pictures(category, label, random)
        for name, label, kind in [*_ids()[:8], *_ids()[20:32]]
    }


def _thumbnails(pictures):
    for category, found in pictures.items():
        for (name, label, kind), (image, mask, _) in found.items():
            yield {"dataset": "demo", "category": category, "sample_id": name, "split": "test",
                   "label": label, "defect_type": kind, "image": image,
                   "mask": mask if label else None}  # fmt: skip


def _examples(model, category, pictures):
    for kind, label in (("typical_hit", 1), ("worst_miss", 1), ("worst_false_alarm", 0)):
        own = [item for item in pictures.items() if item[0][1] == label]
        own = own[2:4] if kind == "worst_miss" else own[:2]
        for place, ((name, _, defect), (image, mask, heat)) in enumerate(own, start=1):
            known = model != "brightness"
            yield {
                **dict(zip(CELL, ("demo", model, category, 0), strict=True)),
                "sample_id": name,
                "kind": kind,
                "place": place,
                "label": label,
                "defect_type": defect,
                "image_score": {"typical_hit": 9.1, "worst_miss": 1.34}.get(kind, 4.2) / place,
                "image": image,
                "mask": mask if label else None,
                "anomaly_map": heat if known else None,
                "map_low": 0.0 if known else None,
                "map_high": 8.0 if known else None,
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
    heat = 235 * np.exp(-((distance / 22) ** 2)) + 20
    return _encode(image, "JPEG"), _encode(mask, "PNG"), _encode(_as_image(heat), "JPEG")


def _as_image(pixels):
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _encode(image, form):
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()

"""Tables for scorecards: MVTec AD with three seeds, values as the tests give them."""

from __future__ import annotations

import json

import pandas as pd

from iadbe.layouts.facts import official
from iadbe.published import AVERAGE, COLUMNS
from iadbe.schemas import MetricsSchema, RunsSchema

CATEGORIES = list(official("mvtec_ad").categories)
ROWS = {
    "image_auroc": ("image", "auroc"),
    "pixel_auroc": ("pixel", "auroc"),
    "aupro": ("region", "aupro"),
}


def run(model="padim", category="bottle", seed=0, status="done", params=None, **more):
    """One row of `runs`."""
    row = dict.fromkeys(RunsSchema.to_schema().columns)
    row |= {"dataset": "mvtec_ad", "model": model, "category": category, "seed": seed}
    row |= {"cell": f"mvtec_ad.{model}.{category}.s{seed}", "status": status}
    row |= {"supervision": "unsupervised", "plugin": "anomalib"}
    return row | {"params": json.dumps(params or {"args": {"backbone": "resnet18"}})} | more


def value(number, metric="image_auroc", *, model="padim", category="bottle", seed=0, **more):
    """One row of `metrics`."""
    level, name = ROWS[metric]
    row = dict.fromkeys(MetricsSchema.to_schema().columns)
    row |= {"dataset": "mvtec_ad", "model": model, "category": category, "seed": seed}
    row |= {"level": level, "metric": name, "value": number, "n": 83, "leakage": "none"}
    return row | more


def fact(number, category="bottle", metric="image_auroc", model="padim", **more):
    """One published result."""
    row = dict.fromkeys(COLUMNS)
    row |= {"dataset": "mvtec_ad", "model": model, "category": category, "metric": metric}
    row |= {"value": number, "as_printed": str(number), "source": "anomalib"}
    return row | {"reference": "README", "training": "category"} | more


def average(number, **more):
    """A published average."""
    return fact(number, category=AVERAGE, **more)


def runs_of(*rows):
    """Rows as `runs`."""
    return _frame(RunsSchema, rows)


def metrics_of(*rows):
    """Rows as `metrics`."""
    return _frame(MetricsSchema, rows)


def facts_of(*rows):
    """Rows as published results."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"value": "float64", "image_size": "Int64", "year": "Int64"})


def _frame(schema, rows):
    return schema.validate(pd.DataFrame(list(rows), columns=list(schema.to_schema().columns)))

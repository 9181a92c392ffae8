"""Result stores made by hand, for tests of what reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from iadbe.cells.fingerprint import STAGES_BEFORE
from iadbe.cells.ledger import Entry
from iadbe.cells.store import Store
from iadbe.datasets.result import ResultDataset
from iadbe.schemas import MetricsSchema, SamplesSchema


def make_store(project: Path, name: str = "demo") -> Store:
    """An empty store below the data folder of a project."""
    return Store.at(project / "data" / "07_model_output" / name)


def add_manifest(store: Store, *categories: str, sha256: str = "one", root: str = "/a") -> None:
    """A manifest of two images a category."""
    rows = [
        {
            **dict.fromkeys(SamplesSchema.to_schema().columns),
            "sample_id": f"{category}/{split}.png",
            "dataset": "demo",
            "category": category,
            "split": split,
            "label": int(split == "test"),
            "defect_type": "good",
            "image_path": f"{root}/{category}/{split}.png",
            "height": 8,
            "width": 8,
            "sha256": sha256,
            "synthetic": False,
        }
        for category in categories
        for split in ("train", "test")
    ]
    table = SamplesSchema.validate(pd.DataFrame(rows))
    _save(table, store.manifest("demo"), "SamplesSchema")


def add_cell(
    store: Store, cell_id: str, *, made: str = "1", auroc: float | None = 0.9, **entry: object
) -> Path:
    """A finished cell with metrics, a run record and a model; returns its folder."""
    stages = {stage: f"{stage}-{made}" for stage in STAGES_BEFORE}
    given = {"state": "finished", "stages": stages, "seconds": 1.5} | entry
    store.ledger.write(cell_id, Entry(**given))
    folder = store.ledger.folder(cell_id)
    table = metrics(cell_id, auroc, seconds=float(made) if made.isdecimal() else 1.0)
    _save(table, folder / "metrics.parquet", "MetricsSchema")
    (folder / "run.json").write_text(json.dumps({"made": made}))
    store.model(cell_id).mkdir(parents=True, exist_ok=True)
    (store.model(cell_id) / "iadbe.json").write_text(json.dumps({"record": {"made": made}}))
    return folder


def metrics(cell_id: str, auroc: float | None, seconds: float = 1.0) -> pd.DataFrame:
    """Image AUROC with an interval, one of a defect type, a null with its reason, and a cost."""
    dataset, model, category, seed = cell_id.split(".")
    cell = {"dataset": dataset, "model": model, "category": category, "seed": int(seed[1:])}
    rows = [
        {"level": "image", "metric": "auroc", "value": auroc, "ci_low": 0.8, "ci_high": 0.97},
        {"level": "image", "metric": "auroc", "value": 0.7, "defect_type": "cut"},
        {"level": "image", "metric": "f1_max", "value": 0.75, "leakage": "threshold"},
        {"level": "pixel", "metric": "auroc", "value": None, "reason": "no masks"},
        {"level": "system", "metric": "fit_seconds", "value": seconds},
    ]
    columns = dict.fromkeys(MetricsSchema.to_schema().columns)
    filled = [columns | cell | {"n": 20, "leakage": "none"} | row for row in rows]
    return MetricsSchema.validate(pd.DataFrame(filled))


def _save(table: pd.DataFrame, file: Path, schema: str) -> None:
    ResultDataset(filepath=str(file), schema=f"iadbe.schemas.{schema}").save(table)

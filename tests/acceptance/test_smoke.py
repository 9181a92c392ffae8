"""Every model of the original benchmark fits, saves, loads and predicts, offline, by command."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest
import yaml

from iadbe.demo.draw import draw
from project import ROOT, Project

pytestmark = pytest.mark.slow
THE_FIFTEEN = {
    "cfa",
    "cflow",
    "csflow",
    "dfkde",
    "dfm",
    "draem",
    "dsr",
    "fastflow",
    "ganomaly",
    "padim",
    "patchcore",
    "reverse_distillation",
    "rkde",
    "stfpm",
    "uflow",
}


FEWER = {"n_train": 36, "n_train_anomalous": 5}
"""Training images than the demo has (60 and 12): enough to see that the code runs."""


@pytest.fixture(scope="module")
def smoke(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("smoke"), benchmark="smoke")
    shutil.copytree(ROOT / "conf", project.folder / "conf", ignore=shutil.ignore_patterns("local"))
    (project.folder / "conf/local").mkdir()
    draw(project.folder / "raw", categories=["part"], **FEWER)
    raw = {"type": "iadbe.datasets.raw_images.RawImagesDataset", "filepath": "raw"}
    project.configure("catalog", "smoke", **{"demo.raw": {**raw, "layout": "mvtec_ad"}})
    project.output = project.run("--env", "smoke", timeout=1500)
    return project


def test_the_fifteen_fre_and_yolo_have_a_result(smoke):
    runs = smoke.runs()
    assert THE_FIFTEEN | {"fre"} <= set(runs["model"])
    assert set(runs["status"]) == {"done", "degenerate"}, runs[["status", "cause"]]
    metrics = smoke.report("metrics.parquet").query("level == 'image' and metric == 'auroc'")
    assert set(metrics["model"]) == set(runs["model"])
    assert metrics["value"].between(0, 1).all()


def test_random_weights_are_stamped_and_no_degenerate_result_is_ranked(smoke):
    runs, board = smoke.runs().set_index("model"), smoke.report("leaderboard.csv")
    degenerate = runs[runs["status"] == "degenerate"]
    stamped = degenerate["cause"].str.contains("random weights stand in for")
    assert {"csflow", "draem", "dsr", "rkde"} <= set(degenerate.index[stamped])
    others = degenerate.loc[~stamped, "cause"]
    assert others.str.contains("guessing|equal scores|all is covered").all(), others
    ranked = board.set_index("model")["rank"].notna()
    assert not ranked[degenerate.index].any()
    assert ranked[["padim", "patchcore", "dfm"]].all()


def test_saved_models_hold_weights_and_no_pickle(smoke):
    for cell in smoke.runs().index:
        folder = smoke.folder / "data/06_models/smoke" / "/".join(cell.split("."))
        names = {path.name for path in (folder / "model").iterdir()}
        assert names, cell
        assert not {name for name in names if name.endswith((".pkl", ".ckpt", ".pt", ".pth"))}
        record = json.loads((folder / "iadbe.json").read_text())["record"]
        assert record["fit_seconds"] > 0


def test_every_configured_model_says_where_its_settings_come_from():
    """A comment above every entry, and what a published run should reach, or that nobody said."""
    text = (ROOT / "conf/base/parameters_models.yml").read_text()
    entries = yaml.safe_load(text)["model"]
    lines = text.splitlines()
    for name in sorted(THE_FIFTEEN | {"fre"}):
        place = lines.index(f"  {name}:")
        assert lines[place - 1].startswith("  # "), name
        card = entries[name]["card"]
        assert card.get("expected"), name
        assert all(pd.notna(result["value"]) and result["source"] for result in card["expected"])
        params = entries[name]["params"]
        assert "epochs" in params or name in {"dfkde", "dfm", "padim", "patchcore", "rkde"}, name

"""The main job, whole: the demo benchmark with every model that we ship, and the example plugin."""

from __future__ import annotations

import shutil

import pytest
import yaml

from project import ROOT, Project

pytestmark = pytest.mark.slow
MODELS = [
    "padim_lite0",
    "patchcore_lite0",
    "dfkde_lite0",
    "stfpm_demo",
    "yolov8n_demo",
    "brightness",
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "conf" / "base", folder / "conf" / "base")
    shutil.copy(ROOT / "conf" / "logging.yml", folder / "conf")
    (folder / "conf" / "local").mkdir()
    project = Project(folder)
    benchmark = yaml.safe_load((folder / "conf/base/benchmark.yml").read_text())
    project.configure(**{**benchmark, "models": MODELS})
    # The slowest two train less: no test here asks how good they get, but that STFPM finds defects.
    epochs = {"yolov8n_demo": 4, "stfpm_demo": 2}
    entries = {name: {"params": {"epochs": number}} for name, number in epochs.items()}
    project.configure("parameters_models", "local", model=entries)
    project.output = project.run(timeout=1500)
    return project


def image_auroc(project):
    metrics = project.report("metrics.parquet").query("level == 'image' and metric == 'auroc'")
    return metrics.pivot_table(index="model", columns="category", values="value")


def test_every_cell_has_a_result_or_is_no_better_than_guessing(demo):
    runs = demo.runs()
    assert len(runs) == 3 * len(MODELS)
    assert set(runs["status"]) <= {"done", "degenerate"}, runs[["status", "cause"]]
    guessed = runs[runs["status"] == "degenerate"]
    # An undertrained YOLO finds nothing: its flat map covers every defect, and all else.
    told = guessed["cause"].str.contains("than guessing|pixel AUROC 0.5")
    assert told.all(), guessed["cause"].to_list()
    assert set(guessed["model"]) <= {"brightness", "dfkde_lite0", "yolov8n_demo"}
    weak = guessed[guessed["model"] != "yolov8n_demo"]
    assert (image_auroc(demo).stack()[_pairs(weak)] < 0.55).all()


def _pairs(runs):
    return list(zip(runs["model"], runs["category"], strict=True))


def test_brightness_scores_clearly_below_padim(demo):
    means = image_auroc(demo).mean(axis=1)
    assert means["brightness"] < means["padim_lite0"] - 0.1


def test_no_category_is_solved_at_all(demo):
    assert (image_auroc(demo).max() < 1).all()


def test_models_that_localize_beat_chance(demo):
    means = image_auroc(demo).mean(axis=1)
    assert (means[["padim_lite0", "patchcore_lite0"]] > 0.85).all()
    assert means["stfpm_demo"] > 0.65


def test_categories_differ_in_difficulty(demo):
    best = image_auroc(demo).drop(index="brightness").mean()
    assert best.max() - best.min() > 0.02


def test_supervised_models_are_marked(demo):
    board = demo.report("leaderboard.csv").set_index("model")
    assert board.loc["yolov8n_demo", "supervision"] == "supervised"
    assert (board.drop(index="yolov8n_demo")["supervision"] == "unsupervised").all()


def test_the_report_is_whole_and_says_what_is_the_same_for_all(demo):
    report = (demo.folder / "data/08_reporting/demo/report.html").read_text("utf-8")
    assert len(report) < 8_000_000
    assert "256×256" in report
    for model in MODELS:
        assert model in report


def test_a_second_run_has_nothing_to_do(demo):
    before = demo.stages()
    assert "18 of 18 cells are up to date" in demo.run()
    assert demo.redone(before) == set()

"""Drawn miniatures of official datasets, run by command from raw images to the leaderboard."""

import shutil

import pandas as pd
import pytest
import yaml

from iadbe.metrics.overall import overall
from miniatures import DRAWN, MINIATURES, SIZE, Painter
from project import ROOT, Project


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The environment `iadbe` cut down to drawn images and the toy model."""
    folder = tmp_path_factory.mktemp("miniatures")
    for env in ("base", "iadbe"):
        shutil.copytree(ROOT / "conf" / env, folder / "conf" / env)
    shutil.copy(ROOT / "conf" / "logging.yml", folder / "conf")
    (folder / "conf" / "local").mkdir()
    project = Project(folder, benchmark="iadbe")
    project.configure("benchmark", "iadbe", models=["toy"], datasets=MINIATURES, image_size=SIZE)
    catalog = yaml.safe_load((folder / "conf/iadbe/catalog.yml").read_text())
    for dataset, draw in DRAWN.items():
        draw(Painter(folder / catalog[f"{dataset}.raw"]["filepath"]))
    project.run("--env", "iadbe")
    return project


@pytest.mark.slow
def test_every_category_is_scored(project):
    """In noise there is nothing to find: a result may be no better than guessing."""
    runs = project.runs()
    assert set(runs.index) == {
        f"{dataset}.toy.{category}.s0"
        for dataset, categories in MINIATURES.items()
        for category in categories
    }
    assert set(runs["status"]) <= {"done", "degenerate"}, runs["cause"]
    # On a handful of drawn images the toy may guess, or cover whole defects and much beside.
    told = runs["cause"].dropna().str.contains("than guessing|pixel AUROC")
    assert told.all(), runs["cause"].to_list()
    metrics = overall(project.report("metrics.parquet"))
    metrics = metrics.query("level == 'pixel' and metric == 'auroc'")
    assert len(metrics) == len(runs)
    assert metrics["value"].notna().all()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dataset", "splits"),
    [
        ("btech", {"train": 16, "val": 4, "test": 12}),
        ("kolektor", {"train": 13, "val": 3, "test": 7}),
        ("mvtec_3d", {"train": 10, "val": 3, "test": 6}),
        ("visa", {"train": 8, "val": 2, "test": 6}),
    ],
)
def test_the_manifest_has_the_official_split_and_one_for_validation(project, dataset, splits):
    samples = pd.read_parquet(project.folder / f"data/02_intermediate/iadbe/{dataset}.parquet")
    assert samples["split"].value_counts().to_dict() == splits
    assert samples["depth_path"].notna().all() == (dataset == "mvtec_3d")


@pytest.mark.slow
def test_a_category_that_looks_like_a_number_can_be_selected(project):
    project.run("--env", "iadbe", "--params", "datasets=btech,categories=02")

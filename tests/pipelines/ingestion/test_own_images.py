"""A folder of photographs, zipped: only normal ones, or with labelled defects, run by command."""

import shutil

import pandas as pd
import pytest
import yaml

from iadbe.benchmark.cell import Cell
from iadbe.errors import DataError
from iadbe.metrics.overall import overall
from iadbe.pipelines.ingestion.refusals import refuse_empty_training
from iadbe.pipelines.training.nodes import training_samples
from project import new_project


def own_images(project, options: dict, layout: str = "folder") -> None:
    """Let the dataset be the archive `own.zip`."""
    file = project.folder / "conf/base/catalog.yml"
    catalog = yaml.safe_load(file.read_text())
    catalog["demo.raw"] |= {
        "filepath": f"zip://::{project.folder}/own.zip",
        "layout": layout,
        "options": options,
    }
    project.configure("catalog", **catalog)
    project.configure(models=["a"], datasets={"demo": ["fabric"]}, image_size=64)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("IADBE_CACHE", str(tmp_path / "cache"))
    project = new_project(tmp_path / "project", a={})
    shutil.make_archive(str(project.folder / "own"), "zip", project.folder / "raw/fabric")
    return project


def samples(project) -> pd.DataFrame:
    return pd.read_parquet(project.folder / "data/02_intermediate/demo/demo.parquet")


@pytest.mark.slow
def test_only_normal_images(project) -> None:
    own_images(project, {"normal_dir": "train/good"})
    output = project.run()
    assert "  synthetic anomalies  " in output
    note = "test anomalies are synthetic, drawn and not photographed, in: fabric"
    assert note in " ".join(output.split())
    assert project.report("leaderboard.csv")["synthetic"].tolist() == ["fabric"]
    frame = samples(project)
    assert frame.groupby(["split", "defect_type"]).size().to_dict() == {
        ("train", "good"): 13,
        ("val", "good"): 3,
        ("test", "good"): 4,
        ("test", "synthetic"): 4,
    }
    made = frame.loc[frame["synthetic"], "image_path"]
    assert made.str.startswith(str(project.folder / "data/02_intermediate/made")).all()
    metrics = overall(project.report("metrics.parquet")).set_index(["level", "metric"])["value"]
    assert 0 <= metrics["image", "auroc"] <= 1
    assert 0 <= metrics["pixel", "auroc"] <= 1
    before = project.stages()
    assert "1 of 1 cells are up to date" in project.run()
    assert project.redone(before) == set()


@pytest.mark.slow
def test_labelled_defects_change_what_every_model_is_scored_on(project) -> None:
    kinds = sorted(path.name for path in (project.folder / "raw/fabric/test").iterdir())
    options = {
        "normal_dir": "train/good",
        "normal_test_dir": "test/good",
        "abnormal_dir": [f"test/{kind}" for kind in kinds if kind != "good"],
    }
    own_images(project, options)
    project.run()
    before, tested = project.stages(), (samples(project)["split"] == "test").sum()
    own_images(project, options | {"labelled_defects": 1})
    project.run()
    moved = samples(project).query("split == 'train' and label == 1")
    assert moved["defect_type"].value_counts().to_dict() == dict.fromkeys(moved["defect_type"], 1)
    assert (samples(project)["split"] == "test").sum() == tested - len(moved)
    assert project.redone(before) == {"demo.a.fabric.s0"}


def test_a_mistyped_option_is_one_line(project) -> None:
    own_images(project, {"normal_dri": "train/good"})
    output = project.run("--pipelines", "ingestion", code=1)
    assert (
        "layout 'folder' has no option 'normal_dri'. Did you mean 'normal_dir'? It has:" in output
    )
    own_images(project, {"normal_dir": "train/good", "labelled_defects": "many"})
    output = project.run("--pipelines", "ingestion", code=1)
    assert "option 'labelled_defects': 'many' is no count of images." in output


def test_all_training_images_may_be_anomalous_from_the_outset() -> None:
    files = pd.DataFrame(
        {"category": ["a", "a"], "split": ["train", "test"], "label": [1, 1]},
    )
    refuse_empty_training(files, files["split"], 0.2)


def test_a_model_that_learns_from_normal_images_says_so_where_there_are_none() -> None:
    names = {"dataset": "d", "model": "m", "category": "a", "plugin": "toy", "params": {}}
    cell = Cell(**names, seed=0, image_size=64, threshold_quantile=0.95)
    rows = {"category": ["a"] * 2, "split": ["train"] * 2, "label": [1, 1], "sha256": ["x", "y"]}
    samples = pd.DataFrame(rows | {"sample_id": ["1", "2"]})
    with pytest.raises(DataError, match="all 2 training images are anomalous; this model learns"):
        training_samples(samples, cell, supervised=False)
    assert len(training_samples(samples, cell, supervised=True)) == 2

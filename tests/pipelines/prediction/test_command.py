"""`python -m iadbe --pipelines prediction --params cell=…,images=…`."""

import shutil

import pandas as pd
import pytest
from PIL import Image

from project import Project, new_project

CELL = "demo.a.fabric.s0"


def predict(project: Project, *params: str, code: int = 0) -> str:
    output = project.run("--pipelines", "prediction", "--params", ",".join(params), code=code)
    return " ".join(output.split())


def scores(project: Project) -> pd.DataFrame:
    return pd.read_csv(results(project) / "scores.csv")


def results(project: Project):
    return project.folder / "data/08_reporting/demo/predictions" / CELL


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Project:
    """Fabric is trained; part is not."""
    project = new_project(tmp_path_factory.mktemp("predicting"), a={})
    project.run("--params", "categories=fabric")
    return project


@pytest.fixture
def project(finished, tmp_path) -> Project:
    return Project(shutil.copytree(finished.folder, tmp_path / "project"))


def test_a_folder_in_depth_then_a_glob(finished) -> None:
    output = predict(finished, f"cell={CELL}", "images=raw/part/test")
    assert f"scores: {results(finished) / 'scores.csv'}" in output
    table = scores(finished)
    columns = ["image_path", "image_score", "threshold", "decision", "overlay"]
    assert table.columns.tolist() == columns
    assert len(table) == 16
    assert set(table["decision"]) <= {"anomalous", "normal"}
    metrics = pd.read_parquet(finished.cell(CELL, "metrics.parquet"))
    assert table["threshold"].unique() == pytest.approx(
        metrics.loc[metrics["metric"] == "threshold", "value"].to_list()
    )
    overlays = {file.name for file in (results(finished) / "overlays").iterdir()}
    assert overlays == set(table["overlay"])
    assert len(overlays) == 16

    predict(finished, f"cell={CELL}", "images=raw/fabric/test/good/00[01].png")
    assert scores(finished)["overlay"].tolist() in (["000.png", "001.png"], ["001.png", "000.png"])
    assert len(list((results(finished) / "overlays").iterdir())) == 2


def test_scores_are_those_of_the_evaluation(finished) -> None:
    predict(finished, f"cell={CELL}", "images=raw/fabric/test")
    root = finished.folder / "raw"
    table = scores(finished)
    table["sample_id"] = [path.removeprefix(f"{root}/") for path in table["image_path"]]
    tested = pd.read_parquet(finished.cell(CELL, "predictions.parquet"))
    both = table.merge(tested, on="sample_id")
    assert len(both) == 16
    assert both["image_score_x"].to_numpy() == pytest.approx(both["image_score_y"].to_numpy())


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (["images=raw", "cell=demo.a.fabrik.s0"], "did you mean 'demo.a.fabric.s0'"),
        ([f"cell={CELL}"], "Say which images to score: --params images=PATH"),
        ([f"cell={CELL}", "images=nowhere"], "nowhere: no image there"),
        (["cell=demo.a.part.s0", "images=raw/part/test"], "run `kedro run --pipelines training`"),
    ],
)
def test_mistakes(finished, params, words) -> None:
    output = predict(finished, *params, code=1)
    assert words in output
    assert "scores:" not in output


def test_a_broken_photo_is_named(project) -> None:
    image = project.folder / "raw/part/test/good/000.png"
    image.write_bytes(image.read_bytes()[:40])
    assert f"{image}: " in predict(project, f"cell={CELL}", "images=raw/part/test", code=1)


@pytest.mark.slow
def test_a_model_of_which_a_part_is_gone(project) -> None:
    folder = project.folder / "data/06_models/demo/demo/a/fabric/s0"
    (folder / "model/mean.npy").unlink()
    output = predict(project, f"cell={CELL}", "images=raw/part/test/good", code=1)
    assert f"The model in {folder} cannot be loaded (FileNotFoundError" in output
    assert "remove that folder and run `kedro run --pipelines training`" in output
    shutil.rmtree(folder)
    project.run("--pipelines", "training", "--params", "categories=fabric")
    output = predict(project, f"cell={CELL}", "images=raw/part/test/good")
    assert "No decisions, scores only: demo.a.fabric.s0 was trained again since" in output
    project.run("--pipelines", "evaluation", "--params", "categories=fabric")
    assert "No decisions" not in predict(project, f"cell={CELL}", "images=raw/part/test/good")


def test_photos_from_anywhere_need_no_benchmark_data(project, tmp_path) -> None:
    Image.new("RGBA", (120, 40), (9, 9, 9, 9)).save(tmp_path / "ein Photo é#1%20.png")
    shutil.rmtree(project.folder / "raw")
    predict(project, f"cell={CELL}", f"images={tmp_path}/ein Photo é#1%20.png")
    (overlay,) = (results(project) / "overlays").iterdir()
    assert overlay.name == "ein Photo é#1%20.png"
    with Image.open(overlay) as picture:
        assert picture.size == (120, 40)

"""Bad input on the command line: one message, exit code 1, nothing trained, nothing lost."""

import shutil

import pandas as pd
import pytest

from project import Project, new_project


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Project:
    project = new_project(tmp_path_factory.mktemp("bad"), a={})
    project.run()
    return project


@pytest.fixture
def project(finished, tmp_path) -> Project:
    return Project(shutil.copytree(finished.folder, tmp_path / "project"))


def test_no_such_folder_then_a_good_run(project) -> None:
    before = project.stages()
    (project.folder / "raw").rename(project.folder / "elsewhere")
    output = project.run("--pipelines", "ingestion", code=1)
    assert "raw: no such dataset folder. Put the images there or change its path." in output
    (project.folder / "elsewhere").rename(project.folder / "raw")
    assert "2 of 2 cells are up to date" in project.run()
    assert project.redone(before) == set()


def test_a_category_that_does_not_exist(project) -> None:
    project.configure(models=["a"], datasets={"demo": ["fabrik", "part"]}, image_size=64)
    output = project.run(code=1)
    assert "no category 'fabrik'. Did you mean 'fabric'? There are: fabric, part." in output
    assert project.runs()["status"].to_dict() == {
        "demo.a.fabrik.s0": "skipped",
        "demo.a.part.s0": "done",
    }


def test_an_absent_category_costs_its_own_cells_only(project) -> None:
    before, whole = project.stages(), splits(project)
    (project.folder / "raw/fabric").rename(project.folder / "elsewhere")
    ingested = project.run("--pipelines", "ingestion", "--params", "categories=fabric", code=1)
    assert "raw/fabric: no category 'fabric'. There are: part." in ingested
    assert "1 of 1 cells are up to date" in project.run("--params", "categories=part")
    assert splits(project) == {name: row for name, row in whole.items() if name.startswith("part/")}
    output = project.run(code=1)
    runs = project.runs()
    assert runs["status"].to_dict() == {"demo.a.fabric.s0": "skipped", "demo.a.part.s0": "done"}
    cause = runs.loc["demo.a.fabric.s0", "cause"]
    assert f"{project.folder}/raw/fabric: no category 'fabric'" in cause
    assert cause in output.split("\nError: ")[-1]
    assert project.redone(before) == set()


def splits(project) -> dict[str, str]:
    manifest = pd.read_parquet(project.folder / "data/02_intermediate/demo/demo.parquet")
    return dict(zip(manifest["sample_id"], manifest["split"], strict=True))


def test_many_broken_files_before_any_training(project) -> None:
    shutil.rmtree(project.folder / "data")
    images = sorted((project.folder / "raw/fabric/train/good").glob("*.png"))
    for image in images[:8]:
        image.write_bytes(image.read_bytes()[:50])
    output = project.run("--pipelines", "ingestion,training", code=1)
    assert "8 files of demo cannot be used, so nothing is trained on it" in output
    assert str(images[0]) in output
    assert not (project.folder / "data/06_models").exists()


def test_a_manifest_that_cannot_be_written(project) -> None:
    shutil.rmtree(project.folder / "data/02_intermediate/demo")
    (project.folder / "data/02_intermediate/demo").touch()
    output = project.run("--pipelines", "ingestion", code=1)
    assert "Cannot write" in output
    assert "catalog.yml" in output

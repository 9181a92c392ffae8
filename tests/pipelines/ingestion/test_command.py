"""Bad input on the command line: one message, exit code 1, nothing trained, nothing lost."""

import shutil

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
    assert set(project.stages()) == {"demo.a.fabric.s0", "demo.a.part.s0"}
    assert (project.runs()["status"] == "skipped").all()


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

"""Run again: what is finished and fresh is left alone, all else is redone, and only that."""

import json
import os
import shutil
import signal
import time

import psutil
import pytest
from PIL import Image

from project import PLUGINS, Project, new_project

pytestmark = pytest.mark.slow

CELLS = {f"demo.{model}.{category}.s0" for model in ("a", "b") for category in ("fabric", "part")}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    project = new_project(tmp_path_factory.mktemp("finished"), a={}, b={"scale": 2.0})
    project.run()
    assert set(project.stages()) == CELLS
    return project


@pytest.fixture
def project(finished, tmp_path):
    """A finished run, moved to another folder: its results do not depend on where they lie."""
    return Project(shutil.copytree(finished.folder, tmp_path / "project"))


def finished_cells(project):
    return [cell for cell in project.stages() if project.ledger(cell)["state"] == "finished"]


def set_models(project, **models):
    entries = {name: {"plugin": "toy", "params": params} for name, params in models.items()}
    project.configure("parameters_models", model=entries)


def test_finished_cells_are_skipped(project):
    before = project.stages()
    output = project.run()
    assert "4 of 4 cells are up to date" in output
    assert project.redone(before) == set()
    assert (project.runs()["status"] == "done").all()


def test_only_the_cells_of_a_changed_model_are_redone(project):
    before = project.stages()
    set_models(project, a={}, b={"scale": 3.0})
    project.run()
    assert project.redone(before) == {"demo.b.fabric.s0", "demo.b.part.s0"}


def test_only_the_cells_of_changed_data_are_redone(project):
    before = project.stages()
    image = next((project.folder / "raw/fabric/test/good").glob("*.png"))
    Image.open(image).rotate(180).save(image)
    project.run()
    assert project.redone(before) == {"demo.a.fabric.s0", "demo.b.fabric.s0"}


def test_only_the_cells_of_a_new_seed_are_run(project):
    before = project.stages()
    project.configure(
        models=["a", "b"], datasets={"demo": ["fabric", "part"]}, seeds=[0, 1], image_size=64
    )
    project.run("--params", "models=a")
    assert project.redone(before) == {"demo.a.fabric.s1", "demo.a.part.s1"}
    assert project.runs()["status"].value_counts().to_dict() == {"done": 6, "missing": 2}


def test_cells_whose_code_changed_are_redone(project, tmp_path):
    before = project.stages()
    project.plugins = shutil.copytree(PLUGINS, tmp_path / "plugins")
    assert "4 of 4 cells are up to date" in project.run()
    source = project.plugins / "iadbe_toys.py"
    source.write_text(source.read_text() + "\n# changed\n")
    project.run()
    assert project.redone(before) == CELLS


def test_a_change_makes_old_results_stale_until_they_are_redone(project):
    set_models(project, a={}, b={"scale": 3.0})
    project.run("--pipelines", "reporting")
    runs = project.runs()
    assert runs.loc["demo.b.part.s0", "status"] == "stale"
    assert runs.loc["demo.a.part.s0", "status"] == "done"
    assert set(project.report("metrics.parquet")["model"]) == {"a"}


def test_evaluation_refuses_a_model_trained_under_another_configuration(project):
    set_models(project, a={"scale": 3.0}, b={"scale": 2.0})
    output = project.run("--pipelines", "evaluation", "--params", "models=a", code=1)
    assert "kedro run --pipelines training" in output


def test_a_new_threshold_needs_no_model(project):
    before = project.stages()
    costs = project.cell("demo.a.fabric.s0", "costs.parquet")
    measured = costs.stat().st_mtime_ns
    old = project.report("metrics.parquet")
    project.configure(
        models=["a", "b"],
        datasets={"demo": ["fabric", "part"]},
        image_size=64,
        threshold_quantile=0.5,
    )
    project.run()
    assert project.redone(before) == set()
    assert costs.stat().st_mtime_ns == measured
    new = project.report("metrics.parquet")
    thresholds = [frame.query("metric == 'threshold'")["value"].sum() for frame in (old, new)]
    assert thresholds[1] < thresholds[0]


def test_failed_cells_are_tried_again(project):
    set_models(project, a={"behave": "raises"}, b={"scale": 2.0})
    project.run(code=1)
    set_models(project, a={}, b={"scale": 2.0})
    project.run()
    assert (project.runs()["status"] == "done").all()
    assert project.runs()["cause"].isna().all()


def test_broken_data_skip_their_cells_and_lose_nothing(project):
    before = project.stages()
    image = next((project.folder / "raw/fabric/train/good").glob("*.png"))
    whole = image.read_bytes()
    image.write_bytes(whole[:100])
    output = project.run(code=1)
    assert image.name in output
    assert (project.runs()["status"] == "skipped").all()
    image.write_bytes(whole)
    project.run()
    assert project.redone(before) == set()
    assert (project.runs()["status"] == "done").all()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_resumes_to_the_same_result(project, how):
    whole = {cell: project.cell(cell, "predictions.parquet").read_bytes() for cell in CELLS}
    shutil.rmtree(project.folder / "data")
    slow = {"seconds": 2.0}
    set_models(project, a=slow, b={"scale": 2.0, **slow})
    process = project.start()
    while not finished_cells(project):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)
    time.sleep(0.5)  # into the next cell
    workers = psutil.Process(process.pid).children(recursive=True)
    os.kill(process.pid, how)
    output, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in output
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive, "a worker outlived its run"
    finished = finished_cells(project)
    assert 1 <= len(finished) < 4
    before = project.stages()
    project.run()
    assert not project.redone(before) & set(finished)
    assert (project.runs()["status"] == "done").all()
    for cell in CELLS:
        assert project.cell(cell, "predictions.parquet").read_bytes() == whole[cell]


WRITES = (1, 2, 4, 7, 10)
FILES = ("predictions.parquet", "curves.parquet", "examples.parquet")


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A cell for each of `WRITES`, killed at it, beside a finished one; and run once more."""
    models = {"well": {}} | {f"at_{write}": {"scale": write + 0.5} for write in WRITES}
    project = new_project(tmp_path_factory.mktemp("killed"), **models)
    project.configure(models=list(models), datasets={"demo": ["part"]}, image_size=64)
    project.run()
    project.whole = {write: results_of(project, write) for write in WRITES}
    for write in WRITES:
        shutil.rmtree(project.folder / f"data/06_models/demo/demo/at_{write}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IADBE_TOYS_DIE_AT", json.dumps({f"{w}.5": w for w in WRITES}))
        project.told = project.run(code=1)
    project.failed, project.kept = project.runs(), project.report("metrics.parquet")
    project.output = project.run()
    return project


def results_of(project, write):
    return [project.cell(f"demo.at_{write}.part.s0", file).read_bytes() for file in FILES]


@pytest.mark.parametrize("write", WRITES)
def test_a_cell_killed_at_any_write_resumes_to_the_same_result(killed, write):
    cell = f"demo.at_{write}.part.s0"
    assert killed.failed.loc[cell, "status"] == "failed"
    assert "the worker ended with exit code 9" in killed.failed.loc[cell, "cause"]
    assert "the worker ended with exit code 9" in killed.told
    assert set(killed.kept["model"]) == {"well"}
    assert "1 of 6 cells are up to date" in killed.output
    assert killed.runs().loc[cell, "status"] == "done"
    assert results_of(killed, write) == killed.whole[write]


def test_a_second_run_at_the_same_time_is_refused(project):
    set_models(project, a={"seconds": 5.0}, b={"scale": 2.0})
    first = project.start()
    while first.poll() is None and not project.cell(
        "demo.a.fabric.s0", "ledger.json"
    ).read_text().count("running"):
        time.sleep(0.05)
    assert "Another run is writing" in project.run(code=1)
    assert first.wait(60) == 0


def test_output_that_cannot_be_written_is_said_before_anything_runs(tmp_path):
    project = new_project(tmp_path, a={})
    (tmp_path / "data").mkdir()
    (tmp_path / "data/07_model_output").write_text("a file where a folder should be")
    assert "Cannot write results to" in project.run(code=1)


def test_a_mistyped_parameter_is_found_before_anything_runs(tmp_path):
    project = new_project(tmp_path, a={}, b={"scael": 2.0})
    output = project.run(code=1)
    assert "scael" in output
    assert "did you mean 'scale'" in output
    assert project.stages() == {}


def test_another_runner_keeps_the_ledger_too(project):
    """Kedro's own runners must not put other results under entries that speak of the former."""
    set_models(project, a={"scale": 3.0}, b={"scale": 2.0})
    options = ("--runner", "SequentialRunner", "--params", "models=a")
    project.run("--pipelines", "training", *options)
    set_models(project, a={}, b={"scale": 2.0})
    before = project.stages()
    project.run()
    assert project.redone(before) == {"demo.a.fabric.s0", "demo.a.part.s0"}
    before = project.stages()
    project.run(*options)
    assert project.redone(before) == {"demo.a.fabric.s0", "demo.a.part.s0"}
    assert "4 of 4 cells are up to date" in project.run()

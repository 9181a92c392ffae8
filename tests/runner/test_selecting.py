"""Running parts of the matrix: namespaces, parameters, pipelines, environments, workers."""

import pytest

from project import new_project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return new_project(tmp_path_factory.mktemp("selecting"), a={}, b={"scale": 2.0})


def test_training_before_ingestion_says_what_to_run(project):
    output = project.run("--pipelines", "training", code=1)
    assert "kedro run --pipelines ingestion" in output


def test_stages_run_one_by_one_and_select_cells(project):
    project.run("--pipelines", "ingestion")
    assert project.stages() == {}
    output = project.run("--pipelines", "evaluation", "--params", "models=a", code=1)
    assert "kedro run --pipelines training" in output
    project.run("--pipelines", "training", "--params", "models=a,categories=part")
    assert project.stages() == {}
    project.run("--pipelines", "evaluation", "--params", "models=a,categories=part")
    assert set(project.stages()) == {"demo.a.part.s0"}
    project.run("--pipelines", "reporting")
    assert project.runs()["status"].to_dict() == {
        "demo.a.fabric.s0": "failed",  # evaluated before it was trained
        "demo.a.part.s0": "done",
        "demo.b.fabric.s0": "missing",
        "demo.b.part.s0": "missing",
    }


def test_a_namespace_selects_its_cells(project):
    project.run("--namespaces", "demo.b.fabric")
    assert set(project.stages()) == {"demo.a.part.s0", "demo.b.fabric.s0"}


def test_results_that_were_removed_are_missing_and_redone(project):
    project.cell("demo.a.part.s0", "metrics.parquet").unlink()
    project.run("--pipelines", "reporting")
    assert project.runs().loc["demo.a.part.s0", "status"] == "missing"
    project.run("--params", "models=a,categories=part")
    assert project.runs().loc["demo.a.part.s0", "status"] == "done"


def test_several_workers_give_what_one_gives(project):
    before = project.cell("demo.a.part.s0", "predictions.parquet").read_bytes()
    project.cell("demo.a.part.s0", "ledger.json").unlink()
    project.run("--runner-params", "workers=2")
    assert (project.runs()["status"] == "done").all()
    assert project.cell("demo.a.part.s0", "predictions.parquet").read_bytes() == before


def test_an_environment_is_a_benchmark_of_its_own(project):
    project.configure(env="line_3", models=["a"], datasets={"demo": ["part"]})
    before = project.stages()
    project.run("--env", "line_3")
    assert project.redone(before) == set()
    board = (project.folder / "data/08_reporting/line_3/leaderboard.csv").read_text()
    assert "demo,a," in board
    assert "no environment 'line_4'" in project.run("--env", "line_4", code=1)


def test_a_split_or_category_that_was_not_ingested_says_what_to_run(project):
    changed = {"models": ["a"], "image_size": 64}
    project.configure(**changed, datasets={"demo": ["fabric", "part"]}, validation=0.5)
    assert "`validation` changed" in project.run("--pipelines", "training", code=1)
    (project.folder / "raw/board").symlink_to(project.folder / "raw/part")
    project.configure(**changed, datasets={"demo": ["fabric", "part", "board"]}, validation=0.2)
    output = project.run("--pipelines", "training", code=1)
    assert "without the category board: run `kedro run --pipelines ingestion`" in output

"""A cell that takes too much memory or time is ended; the others are finished."""

import pytest

from project import new_project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = new_project(
        tmp_path_factory.mktemp("limits"),
        well={},
        hoards={"behave": "hoards", "category": "fabric"},
        sleeps={"seconds": 600.0},
        random={"plugin": "random_weights"},
    )
    benchmark = {"models": ["well", "hoards", "sleeps", "random"], "seeds": [0], "image_size": 64}
    project.configure(
        **benchmark,
        datasets={"demo": ["fabric", "part"]},
        workers=4,
        memory_limit_gb=1.5,
        time_limit_minutes=0.4,
    )
    project.output = project.run(code=1)
    return project


def test_too_much_memory_is_a_clean_failure(project):
    runs = project.runs()
    row = runs.loc["demo.hoards.fabric.s0"]
    assert row["status"] == "failed"
    assert "GB of memory, over memory_limit_gb: 1.5 of benchmark.yml" in row["cause"]
    assert runs.loc["demo.hoards.part.s0", "status"] == "done"


def test_too_much_time_is_a_clean_failure(project):
    rows = project.runs().loc[["demo.sleeps.fabric.s0", "demo.sleeps.part.s0"]]
    assert (rows["status"] == "failed").all()
    assert rows["cause"].str.contains("minutes, over time_limit_minutes: 0.4").all()


def test_the_others_are_done(project):
    runs = project.runs()
    assert (runs.loc[["demo.well.fabric.s0", "demo.well.part.s0"], "status"] == "done").all()


def test_random_weights_are_stamped_shown_and_never_ranked(project):
    row = project.runs().loc["demo.random.part.s0"]
    assert row["status"] == "degenerate"
    assert "random weights stand in for timm/resnet18" in row["cause"]
    board = project.report("leaderboard.csv").set_index("model")
    assert board.loc["random", ["rank", "image_auroc"]].isna().all()
    assert 0 <= board.loc["random", "image_auroc.part"] <= 1
    assert board.loc["well", "rank"] == 1
    report = (project.folder / "data/08_reporting/demo/report.html").read_text("utf-8")
    assert "random weights stand in for timm/resnet18" in report

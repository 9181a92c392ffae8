"""One broken cell stops no other, and says why it is broken."""

import pandas as pd
import pytest

from project import new_project

pytestmark = pytest.mark.slow

BROKEN = {
    "raises": "RuntimeError: the toy broke on purpose",
    "nan": "the image score is nan, not finite",
    "too_few": "the model gave 3 predictions for 20 samples",
    "misshapen": "the anomaly map has shape (63, 64), not (64, 64)",
    "dies": "the worker was killed by SIGKILL",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    models = {name: {"behave": name, "category": "fabric"} for name in BROKEN}
    project = new_project(
        tmp_path_factory.mktemp("failures"),
        well={},
        outdated={"plugin": "outdated"},
        broken_import={"plugin": "broken_import"},
        no_files={"plugin": "files_raise"},
        **models,
    )
    project.output = project.run(code=1)
    return project


@pytest.mark.parametrize("name", BROKEN)
def test_a_failure_is_recorded_with_cause_and_traceback(project, name):
    row = project.runs().loc[f"demo.{name}.fabric.s0"]
    assert row["status"] == "failed"
    assert BROKEN[name] in row["cause"]
    assert (project.folder / row["traceback_file"]).read_text()
    assert f"demo.{name}.fabric.s0" in project.output.split("\nError: ")[-1]


@pytest.mark.parametrize("name", BROKEN)
def test_the_other_cells_of_a_failing_model_are_done(project, name):
    assert project.runs().loc[f"demo.{name}.part.s0", "status"] == "done"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("outdated", ["iadbe-toys", "1.0"]),
        ("broken_import", ["iadbe-toys", "a_library_that_is_not_installed"]),
        ("no_files", ["KeyError", "weights"]),
    ],
)
def test_a_plugin_that_cannot_be_loaded_hurts_only_its_own_cells(project, name, words):
    rows = project.runs().loc[[f"demo.{name}.fabric.s0", f"demo.{name}.part.s0"]]
    assert (rows["status"] == "failed").all()
    assert all(word in cause for cause in rows["cause"] for word in words)
    assert not any("\n" in cause for cause in rows["cause"])


def test_the_leaderboard_ranks_only_complete_models_and_shows_the_causes(project):
    board = project.report("leaderboard.csv").set_index("model")
    assert board.loc["well", "rank"] == 1
    assert board.loc["well", "status"] == "done"
    broken = board.drop(index="well")
    assert broken["rank"].isna().all()
    assert (broken["status"] == "failed").all()
    assert broken["cause"].notna().all()
    assert broken["traceback_file"].notna().all()


def test_a_missing_result_is_null_never_zero(project):
    board = project.report("leaderboard.csv").set_index("model")
    assert pd.isna(board.loc["raises", "image_auroc.fabric"])
    metrics = project.report("metrics.parquet")
    assert metrics[(metrics["model"] == "raises")]["category"].unique().tolist() == ["part"]


def test_chatter_goes_to_the_log_of_the_cell(project):
    assert "chatter" not in project.output
    assert "chatter of a third party" in project.cell("demo.well.part.s0", "cell.log").read_text()


def test_a_finished_cell_has_its_line(project):
    lines = [line for line in project.output.splitlines() if line.startswith("demo.well.part.s0")]
    assert len(lines) == 1
    assert "image_auroc 0." in lines[0] or "image_auroc 1." in lines[0]
    assert lines[0].endswith(" s")

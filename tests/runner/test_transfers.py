"""Transfer by command: what cannot be done is named, and nothing else suffers."""

import shutil

import pytest

from project import Project, new_project

pytestmark = pytest.mark.slow

TRANSFER = ("--pipelines", "transfer,reporting")
CELLS = ["demo.well.fabric.s0", "demo.homesick.fabric.s0", "demo.dies_away.fabric.s0"]


@pytest.fixture(scope="module")
def transferred(tmp_path_factory):
    """Three models trained on one category; none on the other."""
    folder = tmp_path_factory.mktemp("transfer")
    models = {name: {"behave": name} for name in ("well", "homesick", "dies_away")}
    project = new_project(folder, **models)
    project.run("--pipelines", "ingestion,training,evaluation", "--params", "categories=fabric")
    project.output = project.run(*TRANSFER, code=1)
    return project


def test_what_can_be_transferred_is_and_the_rest_is_null_with_its_cause(transferred):
    rows = transferred.report("transfer.parquet").set_index("model")
    assert set(zip(rows["category"], rows["tested_on"], strict=True)) == {("fabric", "part")}
    assert rows.loc["well", "value"] == 1.0
    assert rows.loc["well", "n"] == 16
    assert rows["value"].isna().to_dict() == {"well": False, "homesick": True, "dies_away": True}
    assert "knows only its own category" in rows.loc["homesick", "reason"]
    assert "killed by SIGKILL" in rows.loc["dies_away", "reason"]
    log = transferred.cell("demo.homesick.fabric.s0", "transfer.log").read_text()
    assert "Traceback" in log


def test_a_cell_that_was_not_run_is_named_and_not_transferred(transferred):
    assert "demo.well.part.s0 is missing (not run yet)" in transferred.output
    assert not transferred.cell("demo.well.part.s0", "transfer.parquet").exists()


def test_the_cells_stay_done(transferred):
    assert (transferred.runs().loc[CELLS, "status"] == "done").all()
    assert all(transferred.ledger(cell)["state"] == "finished" for cell in CELLS)


def test_a_second_run_redoes_only_what_failed_and_refuses_what_is_stale(transferred, tmp_path):
    project = Project(shutil.copytree(transferred.folder, tmp_path / "project"))
    models = {name: {"behave": name} for name in ("well", "homesick", "dies_away")}
    models["homesick"]["scale"] = 2.0
    entries = {name: {"plugin": "toy", "params": params} for name, params in models.items()}
    project.configure("parameters_models", model=entries)
    file = project.cell("demo.well.fabric.s0", "transfer.parquet")
    before = file.stat().st_mtime_ns
    output = project.run(*TRANSFER, "--params", "categories=fabric", code=1)
    assert "1 transfer is up to date" in output
    assert file.stat().st_mtime_ns == before
    assert "killed by SIGKILL (out of memory?)  (1/1)" in output
    assert "demo.homesick.fabric.s0 is stale" in output
    assert set(project.report("transfer.parquet")["model"]) == {"well", "dies_away"}

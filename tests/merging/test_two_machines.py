"""Two machines ran a part of a benchmark each; merged, it is the whole one."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from project import Project, new_project

pytestmark = pytest.mark.slow

IADBE = Path(sys.executable).with_name("iadbe")


def iadbe(project, *words, code=0):
    done = subprocess.run(
        [IADBE, *words],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """The same project in two places; each indexed its own images and ran one of two models."""
    first = new_project(tmp_path_factory.mktemp("first"), a={}, b={"scale": 2.0})
    first.configure(models=["a", "b"], datasets={"demo": ["part"]}, seeds=[0], image_size=64)
    second = Project(shutil.copytree(first.folder, tmp_path_factory.mktemp("second") / "p"))
    first.run("--params", "models=a")
    second.run("--params", "models=b")
    return first, second


def test_merged_cells_are_done_here_and_nothing_is_left_to_run(machines):
    first, second = machines
    assert "demo: 1 copied" in iadbe(first, "runs", "merge", str(second.folder), "--with-models")
    told = first.run("--pipelines", "training,evaluation,reporting")
    assert "2 of 2 cells are up to date" in told
    assert (first.runs()["status"] == "done").all()
    assert set(first.report("metrics.parquet")["model"]) == {"a", "b"}


def test_a_record_says_how_its_cell_is_made_again(machines):
    _, second = machines
    shown = iadbe(second, "runs", "show", "demo.b.part.s0")
    assert "kedro run --params datasets=demo,models=b,categories=part,seeds=0" in shown
    assert "16 normal, 5 anomalous" in shown


def test_a_result_of_other_settings_is_a_conflict_and_stale_here_if_taken(machines, tmp_path):
    first, second = machines
    here = Project(shutil.copytree(first.folder, tmp_path / "here"))
    there = Project(shutil.copytree(second.folder, tmp_path / "there"))
    shutil.copytree(second.folder / "data", here.folder / "data", dirs_exist_ok=True)
    entry = there.ledger("demo.b.part.s0")
    entry["stages"]["fit"] = "0" * 16
    there.cell("demo.b.part.s0", "ledger.json").write_text(json.dumps(entry))
    told = iadbe(here, "runs", "merge", str(there.folder), code=1)
    assert "conflict  demo.b.part.s0: other fingerprint of fit: " in told
    told = iadbe(here, "runs", "merge", str(there.folder), "--prefer", "theirs")
    assert "stale     demo.b.part.s0" in told

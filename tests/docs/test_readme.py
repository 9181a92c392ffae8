"""The README's Python snippet and its benchmark of one's own images, run as they stand there."""

import subprocess
import sys

import pandas as pd
import pytest
from markdown_files import blocks, files_in

from iadbe.demo.draw import draw
from obvious import make_obvious
from project import ROOT, new_project

README = ROOT / "README.md"
pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path):
    """A small one, whose `padim_lite0` and `patchcore_lite0` are toys."""
    return new_project(tmp_path, padim_lite0={}, patchcore_lite0={"scale": 2.0})


def test_the_python_snippet_trains_tests_and_predicts(project):
    [snippet] = [block.text for block in blocks(README) if "iadbe.train(" in block.text]
    (project.folder / "photos").symlink_to(project.folder / "raw/fabric/test/good")
    show = '\nprint("metrics of", *sorted(set(metrics["model"] + "." + metrics["category"])))\n'
    (project.folder / "snippet.py").write_text(snippet + show, "utf-8")
    done = subprocess.run(
        [sys.executable, "snippet.py"],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "metrics of padim_lite0.fabric" in done.stdout.splitlines()
    folder = project.folder / "data/08_reporting/demo/predictions/demo.padim_lite0.fabric.s0"
    scores = pd.read_csv(folder / "scores.csv")
    assert len(scores) == len(list((folder / "overlays").glob("*.png"))) == 6
    assert set(scores["decision"]) <= {"normal", "anomalous"}


def test_the_benchmark_of_own_images_runs(project):
    draw(
        project.folder / "data/01_raw/screws",
        size=64,
        n_train=20,
        n_test_normal=6,
        n_test_anomalous=10,
        n_train_anomalous=0,
        categories=["part"],
    )
    make_obvious(project.folder / "data/01_raw/screws")
    for name, text in files_in(README).items():
        (project.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (project.folder / name).write_text(text, "utf-8")
    output = project.run("--env", "screws")
    board = pd.read_csv(project.folder / "data/08_reporting/screws/leaderboard.csv")
    assert set(board["model"]) == {"padim_lite0", "patchcore_lite0"}
    assert (board["status"] == "done").all(), output

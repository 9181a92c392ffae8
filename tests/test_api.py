"""The Python interface, in scripts as people write them: without a guard around the main part."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from project import Project, new_project

SCRIPT = """
import iadbe

print("started")
iadbe.train(models=["a"], categories=["fabric"])
metrics = iadbe.test(models=["a"], categories=["fabric"])
scores = iadbe.predict("demo.a.fabric.s0", "raw/part/test/good/00*.png")
metrics.to_parquet("metrics.parquet")
scores.to_parquet("scores.parquet")
"""
AGAIN = """
from pathlib import Path

import iadbe
from iadbe.errors import ConfigError, DataError

iadbe.train(models="a", categories=["fabric"])
iadbe.train(models="a", categories=["fabric"])
try:
    iadbe.predict("demo.a.part.s0", Path("raw/part/test"))
except DataError as error:
    print("untrained:", error)
try:
    iadbe.train(models=["b"])
except ConfigError as error:
    print("unknown:", error)
iadbe.train(categories="part")
metrics = iadbe.test()
assert set(metrics["category"]) == {"fabric", "part"}, metrics
good, folder = Path("raw/part/test/good/000.png"), Path("raw/fabric/test")
scores = iadbe.predict("demo.a.part.s0", [good, str(folder)])
assert len(scores) == 17, scores
assert len(iadbe.predict("demo.a.fabric.s0", good)) == 1
"""


def script(project: Project, text: str) -> str:
    (project.folder / "script.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return new_project(tmp_path_factory.mktemp("api"), a={})


@pytest.mark.slow
def test_train_test_and_predict_in_a_script_without_a_guard(project) -> None:
    assert script(project, SCRIPT).count("started") == 1
    metrics = pd.read_parquet(project.folder / "metrics.parquet")
    assert set(metrics["category"]) == {"fabric"}
    assert "auroc" in set(metrics["metric"])
    scores = pd.read_parquet(project.folder / "scores.parquet")
    assert len(scores) == 6
    assert scores["image_score"].is_monotonic_decreasing
    assert set(scores["decision"]) <= {"anomalous", "normal"}


def test_several_times_in_one_process(project) -> None:
    output = script(project, AGAIN)
    assert "1 of 1 cells are up to date" in output
    assert "untrained: No trained model in" in output
    assert "unknown: --params models=b: not in the benchmark" in output


def test_importing_costs_no_library() -> None:
    heavy = {"torch", "kedro", "pandas", "numpy", "PIL", "anomalib", "ultralytics"}
    code = f"import sys, iadbe; print(sorted({heavy} & sys.modules.keys()), iadbe.__version__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("[] ")

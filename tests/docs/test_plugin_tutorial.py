"""The tutorial's code is a package that installs, keeps the contract and is benchmarked."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tomllib

import pandas as pd
import pytest
from markdown_files import files_in

from iadbe.models.structure import optional_problems
from iadbe.testing.run import CHECKS
from project import PLUGINS, ROOT, new_project

TUTORIAL = files_in(ROOT / "docs" / "plugins.md")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder as `pip install` would leave it: the module, and metadata with its entry points."""
    site = tmp_path_factory.mktemp("site")
    (site / "iadbe_zscore.py").write_text(TUTORIAL["iadbe_zscore.py"], "utf-8")
    (site / "iadbe_zoo.py").write_text(TUTORIAL["zoo/iadbe_zoo.py"], "utf-8")
    for file in ("pyproject.toml", "zoo/pyproject.toml"):
        _install(site, tomllib.loads(TUTORIAL[file])["project"])
    return site


def _install(site, package):
    info = site / f"{package['name'].replace('-', '_')}-{package['version']}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {package['name']}\nVersion: {package['version']}\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    groups = package["entry-points"].items()
    lines = [
        line
        for group, points in groups
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def project(site, tmp_path_factory):
    """A small one, whose `padim_lite0` is a toy, with the tutorial's benchmark."""
    project = new_project(tmp_path_factory.mktemp("project"), padim_lite0={})
    project.plugins = os.pathsep.join([str(site), str(PLUGINS)])
    for name, text in TUTORIAL.items():
        if name.startswith("conf/"):
            (project.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (project.folder / name).write_text(text, "utf-8")
    project.output = project.run("--env", "zscore")
    return project


def run(project, *words):
    done = subprocess.run(
        [sys.executable, *words],
        cwd=project.folder,
        env=project.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_model_gets_a_row_of_the_leaderboard(project):
    board = pd.read_csv(project.folder / "data/08_reporting/zscore/leaderboard.csv")
    for model in ("zscore", "zscore_wide"):
        row = board.set_index("model").loc[model]
        assert row["status"] == "done"
        assert row["cells_done"] == 2
        assert 0 <= row["aupro"] <= 1


def test_the_contract_test_of_the_tutorial_passes(project):
    test = project.folder / "test_contract.py"
    test.write_text(TUTORIAL["tests/test_contract.py"], "utf-8")
    assert f"{len(CHECKS)} passed" in run(
        project, "-m", "pytest", "-q", "-p", "no:cacheprovider", test.name
    )


def test_a_change_of_the_code_redoes_only_its_own_cells(project, site):
    with (site / "iadbe_zscore.py").open("a", encoding="utf-8") as module:
        module.write("\n# a change\n")
    output = project.run("--env", "zscore")
    assert "2 of 6 cells are up to date" in output
    assert output.count("demo.zscore.") == output.count("demo.zscore_wide.") == 2
    assert "demo.padim_lite0." not in output


@pytest.mark.parametrize("words", [("list",), ("show", "zscore"), ("check", "zscore")])
def test_the_commands_of_the_tutorial_know_the_model(project, words):
    output = run(project, "-c", "from iadbe.cli.main import main; main()", "models", *words)
    assert "FAIL" not in output
    assert ("ok   streams" if words[0] == "check" else "zscore") in output


def test_the_models_of_the_provider_are_there(project):
    command = "from iadbe.cli.main import main; main()"
    listed = run(project, "-c", command, "models", "list")
    assert {"zscore", "zoo_zscore", "zoo_brightness"} <= set(listed.split())
    assert "provider" not in listed
    assert "Distance to the mean training image" in run(
        project, "-c", command, "models", "show", "zoo_zscore"
    )


def test_the_optional_members_of_the_tutorial_are_well_formed(tmp_path, monkeypatch):
    (tmp_path / "tutorial_members.py").write_text(TUTORIAL["members.py"], "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    model = importlib.import_module("tutorial_members").DistilledModel
    assert list(optional_problems(model)) == []
    given, random = model.Params(), model.Params(weights="random")
    assert [weights.file for weights in model.weights(given)] == ["resnet18.safetensors"]
    assert model.stand_ins(given) == model.weights(random) == []
    assert model.stand_ins(random) == [model.weights(given)[0].name]

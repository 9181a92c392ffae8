"""The packaged project: what is in it, and that it runs alone in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import yaml

from project import ROOT

pytestmark = pytest.mark.slow
PARTS = ("src", "conf", "pyproject.toml", "README.md", "LICENSE")
OFFLINE = ("No matching distribution", "Could not fetch", "Failed to establish", "ConnectionError")
SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"


def call(command, folder, code=0, timeout=600):
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**outside, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    output = done.stdout + done.stderr
    if Path(command[0]).name == "kedro" and any(word in output for word in OFFLINE):
        pytest.skip("the build backend is not on this machine, and PyPI is out of reach")
    assert done.returncode == code, output
    assert "Traceback" not in output, output
    return output


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """What `kedro package` makes of a copy of the project that holds a secret."""
    folder = tmp_path_factory.mktemp("project")
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    (folder / "conf/local/credentials.yml").write_text("key: secret\n")
    call([Path(sys.executable).with_name("kedro"), "package"], folder)
    return folder / "dist"


@pytest.fixture(scope="module")
def wheel(dist):
    (path,) = dist.glob("iadbe-*.whl")
    return path


@pytest.fixture(scope="module")
def iadbe(wheel, tmp_path_factory):
    """The command of a new environment: the wheel's own, dependencies borrowed from this one."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    call([sys.executable, "-m", "venv", "--without-pip", folder], folder.parent)
    install = ["install", "--quiet", "--no-deps", "--no-index", wheel]
    call([sys.executable, "-m", "pip", "--python", folder / "bin/python", *install], folder.parent)
    # A path in a .pth file is only appended: the editable install beside it stays out of sight.
    (folder / SITE / "dependencies.pth").write_text(f"{Path(sys.prefix) / SITE}\n")
    return folder / "bin/iadbe"


def test_the_wheel_holds_the_demo_and_what_the_code_reads(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    here = {path.relative_to(ROOT) for path in (ROOT / "conf/base").iterdir()}
    package = {path.relative_to(ROOT / "src") for path in (ROOT / "src").rglob("*.*")}
    read = {path for path in package if path.suffix in {".j2", ".css", ".js", ".typed"}}
    assert {f"iadbe/{path}" for path in here} <= names
    assert {str(path) for path in read} <= names
    assert {"iadbe/conf/logging.yml", "iadbe/conf/local/.gitkeep"} <= names


def test_the_wheel_holds_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert [name for name in names if "conf/local/" in name] == ["iadbe/conf/local/.gitkeep"]
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"iadbe"}
    assert [name for name in names if "test_" in name or "__pycache__" in name] == []


def test_the_archive_holds_the_configuration_without_the_secret(dist):
    with tarfile.open(dist / "conf-iadbe.tar.gz") as archive:
        names = archive.getnames()
    assert {"conf/base/benchmark.yml", "conf/base/catalog.yml", "conf/logging.yml"} <= set(names)
    assert "conf/local/credentials.yml" not in names


def test_the_demo_runs_in_an_empty_folder(iadbe, tmp_path):
    found = call([iadbe.with_name("python"), "-c", "import iadbe; print(iadbe.__file__)"], tmp_path)
    assert Path(found.strip()).is_relative_to(iadbe.parents[1])
    shown = call([iadbe, "run", "--params", "models=dfkde_lite0,categories=fabric"], tmp_path)
    assert f"no conf/base/benchmark.yml in {tmp_path}: this is the demo" in shown
    assert "demo.dfkde_lite0.fabric.s0  image_auroc" in shown
    assert "INFO" not in shown
    assert "WARNING" not in shown
    reporting = tmp_path / "data/08_reporting/demo"
    board = pd.read_csv(reporting / "leaderboard.csv").set_index("model")
    assert 0 < board.loc["dfkde_lite0", "image_auroc.fabric"] <= 1
    assert "dfkde_lite0" in (reporting / "report.html").read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


@pytest.mark.parametrize("kind", ["folder", "archive"])
def test_a_conf_source_replaces_the_demo(iadbe, dist, tmp_path, kind):
    with tarfile.open(dist / "conf-iadbe.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "conf").rename(tmp_path / "mine")
    path = tmp_path / "mine/base/benchmark.yml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), "name": "mine"}))
    given = tmp_path / "mine"
    if kind == "archive":
        given = tmp_path / "conf-iadbe.tar.gz"
        with tarfile.open(given, "w:gz") as archive:
            archive.add(tmp_path / "mine", "conf")
        shutil.rmtree(tmp_path / "mine")
    shown = call([iadbe, "run", "--conf-source", given.name, "--pipelines", "reporting"], tmp_path)
    assert "this is the demo" not in shown
    assert "mine" in shown

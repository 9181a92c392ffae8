"""The commands as a user types them, in a project of toy models."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from project import PLUGINS, new_project

KEDRO_PROJECT = """
[tool.kedro]
package_name = "iadbe"
project_name = "IADBE"
kedro_init_version = "1.7.0"
"""


@pytest.fixture(scope="session")
def toys(tmp_path_factory):
    """A Kedro project with two small categories and toys that keep or break the contract."""
    folder = tmp_path_factory.mktemp("toys")
    (folder / "pyproject.toml").write_text(KEDRO_PROJECT)
    (folder / "src").mkdir()
    return new_project(
        folder,
        well={},
        slow={"seconds": 30.0},
        misspelt={"behve": "well"},
        misshapen={"behave": "misshapen"},
        outdated={"plugin": "outdated"},
        carded={
            "plugin": "carded",
            "card": {
                "code_licence": "Apache-2.0 with some exceptions",
                "deterministic": False,
            },
        },
        broken={"plugin": "broken_import"},
    )


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """That of the commands: a terminal of 80 columns, and the plugins of the tests installed."""
    monkeypatch.setenv("PYTHONPATH", str(PLUGINS))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return os.environ


@pytest.fixture
def shell(toys, environment):
    """shell("iadbe", "run", code=1) → what it printed; in the project, or in `folder`."""

    def run(command, *words, code=0, folder=toys.folder):
        done = subprocess.run(
            [Path(sys.executable).with_name(command), *words],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        output = done.stdout + done.stderr
        assert done.returncode == code, output
        assert "Traceback" not in output, output
        return output

    return run

"""`iadbe run` and `kedro run`: in which folder, with which runner, and until when."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

OTHER_PROJECT = """
[tool.kedro]
package_name = "other"
project_name = "Other"
kedro_init_version = "1.7.0"
"""


def test_the_module_takes_the_options_of_kedro_run(shell):
    shown = shell("python", "-m", "iadbe", "--help")
    for option in ("--env", "--params", "--pipelines", "--namespaces", "--conf-source"):
        assert option in shown


@pytest.mark.slow
def test_below_the_projects_root_the_projects_benchmark_runs(shell, toys):
    below = toys.folder / "conf" / "base"
    chosen = ["--params", "models=well,categories=part"]
    assert "demo.well.part.s0" in shell("iadbe", "run", *chosen, folder=below)
    assert "1 of 1 cells are up to date" in shell("kedro", "run", *chosen)


def test_a_project_of_another_package_is_left_alone_and_told_so(shell, tmp_path):
    (tmp_path / "pyproject.toml").write_text(OTHER_PROJECT)
    catalog = tmp_path / "conf" / "base" / "catalog.yml"
    catalog.parent.mkdir(parents=True)
    catalog.write_text("theirs: {type: a.dataset.of.Theirs}\n")
    shown = shell("iadbe", "run", "--pipelines", "evaluation", code=1, folder=tmp_path)
    assert f"no conf/base/benchmark.yml in {tmp_path}: this is the demo" in shown
    assert "demo.samples is not there yet" in shown
    assert "padim" in shell("iadbe", "models", "list", folder=tmp_path)


@pytest.mark.slow
def test_kedros_own_runner_runs_a_cell(shell, toys):
    cell = "demo.well.fabric"
    shell("kedro", "run", "--pipelines", "ingestion")
    shell("kedro", "run", "--runner", "SequentialRunner", "--namespaces", cell)
    assert toys.cell(f"{cell}.s0", "metrics.parquet").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["iadbe", "kedro"])
def test_ctrl_c_is_one_line_and_exit_code_130(shell, toys, command):
    shell("iadbe", "run", "--pipelines", "ingestion")
    started = toys.cell("demo.slow.part.s0", "cell.log")
    started.unlink(missing_ok=True)
    run = subprocess.Popen(
        [Path(sys.executable).with_name(command), "run", "--params", "models=slow,categories=part"],
        cwd=toys.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # as in a terminal, the whole group of processes gets the signal
        # A shell's background job ignores Ctrl-C, and so would all that it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        _wait_until(started.exists)
        os.killpg(run.pid, signal.SIGINT)
        output, _ = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 130
    assert output.strip() == "Interrupted; whatever was finished is kept."


def _wait_until(there, seconds=120):
    deadline = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < deadline, "the cell did not start"
        time.sleep(0.2)

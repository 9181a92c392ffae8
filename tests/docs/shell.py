"""Runs commands as a shell would, each in a fork of one process that has imported what they need.

A process of its own for each would import the same libraries a hundred times, 1.5 s each. Reads a
JSON line a command: words, working folder, environment; writes one with exit code and output.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback

LIBRARIES = (
    "iadbe.cli.kedro_run",
    "iadbe.cli.main",
    "iadbe.pipeline_registry",
    "iadbe.reporting.report",
    "iadbe.runner",
    "kedro.framework.cli.cli",
    "kedro.framework.session",
    "kedro.validation.parameter_validator",
    "kedro_datasets.pandas.csv_dataset",
    "kedro_datasets.pandas.parquet_dataset",
    "kedro_datasets.plotly.json_dataset",
    "pandera.pandas",
    "pandera.polars",
    "plotly.express",
    "plotly.io",
    "pyarrow.parquet",
    "requests",
    "scipy.stats",
    "sklearn.metrics",
    "zarr",
)


class Shell:
    """The other end: starts this file as a process in `folder` and asks it."""

    def __init__(self, folder, environment):
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, words, folder, environment):
        """Exit code and output of `kedro …` or `iadbe …`."""
        self._process.stdin.write(json.dumps([words, str(folder), environment]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=30)


def main():
    _import_what_commands_need()
    for line in sys.stdin:
        words, folder, environment = json.loads(line)
        with tempfile.TemporaryFile() as output:
            child = os.fork()
            if not child:
                _become(words, folder, environment, output.fileno())
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        sys.stdout.write(json.dumps([code, text]) + "\n")
        sys.stdout.flush()


def _import_what_commands_need():
    for name in LIBRARIES:
        importlib.import_module(name)


def _become(words, folder, environment, output):
    """The command, in this process, which ends with it."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    code = 1
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = words
        _entry(words[0])()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - what a process would print of it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _entry(program):
    if program == "kedro":
        from kedro.framework.cli.cli import main as kedro

        return kedro
    from iadbe.cli.main import main as iadbe

    return iadbe


if __name__ == "__main__":
    main()

"""`kedro run`, with the runner of the matrix and errors without a traceback."""

from __future__ import annotations

import copy
from typing import Any

import click
from kedro.framework.cli.project import run as kedro_run

from iadbe.cli.plainly import plainly

RUNNER = "iadbe.runner.CellRunner"


@click.group(name="IADBE")
def cli() -> None:
    """Commands that the project adds to Kedro's."""


def _run_command() -> click.Command:
    command = copy.copy(kedro_run)
    command.params = [copy.copy(option) for option in kedro_run.params]
    for option in command.params:
        if option.name == "runner":
            option.default = RUNNER
    callback: Any = kedro_run.callback
    command.callback = plainly(callback)
    return command


run = _run_command()
cli.add_command(run, "run")

"""`kedro run`, with the runner of the matrix and errors without a traceback."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

import click
from kedro.framework.cli.project import run as kedro_run
from kedro.framework.cli.utils import LazyGroup

from iadbe.cli.plainly import plainly

RUNNER = "iadbe.runner.CellRunner"


@click.group(
    name="IADBE",
    cls=LazyGroup,
    lazy_subcommands={name: f"iadbe.cli.kedro_groups.{name}" for name in ("catalog", "registry")},
)
def cli() -> None:
    """Commands that the project adds to Kedro's, or makes plainer."""


def _run_command() -> click.Command:
    command = copy.copy(kedro_run)
    command.params = [copy.copy(option) for option in kedro_run.params]
    for option in command.params:
        if option.name == "runner":
            option.default = RUNNER
    callback: Any = kedro_run.callback
    command.callback = plainly(_with_suggestions(callback))
    return command


def _with_suggestions(callback: Callable[..., Any]) -> Callable[..., Any]:
    """When Kedro refuses a name, say which one is meant instead of where Kedro looked for it."""

    @functools.wraps(callback)
    def wrapped(**options: Any) -> Any:
        try:
            return callback(**options)
        except ValueError:
            from iadbe.cli.names import check_names

            check_names(options)
            raise

    return wrapped


run = _run_command()
cli.add_command(run, "run")

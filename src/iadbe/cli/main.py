"""The `iadbe` command."""

from __future__ import annotations

import sys
from typing import Any

import click

from iadbe import __version__, project
from iadbe.cli.audit import audit
from iadbe.cli.datasets import datasets
from iadbe.cli.models import models
from iadbe.cli.models_results import models_results
from iadbe.cli.runs import runs
from iadbe.cli.weights import weights


class WithRun(click.Group):
    """Adds `run`, which is Kedro's; its defaults depend on the working folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return sorted([*super().list_commands(ctx), "run"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        return _run_command() if cmd_name == "run" else super().get_command(ctx, cmd_name)


@click.group(cls=WithRun, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="iadbe")
def main() -> None:
    """Industrial Anomaly Detection Benchmark Engine: which model finds the defects?"""


models.add_command(models_results)
main.add_command(models)
main.add_command(datasets)
main.add_command(weights)
main.add_command(audit)
main.add_command(runs)


def run_main() -> Any:
    """`python -m iadbe`: the options of `kedro run`, as Kedro expects of a packaged project."""
    return _run_command()(sys.argv[1:], prog_name="python -m iadbe")


def _run_command() -> click.Command:
    """`kedro run` that works in any folder, with the packaged demo where there is no benchmark."""
    folder = project.prepare()
    from iadbe.cli.kedro_run import run

    for option in run.params:
        if option.name == "conf_source":
            option.default = project.conf_source(folder=folder)
    return run

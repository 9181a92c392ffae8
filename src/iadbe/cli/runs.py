"""`iadbe runs`: what is known of finished cells, and results from elsewhere."""

from __future__ import annotations

import click

from iadbe.cli.runs_compare import compare_runs
from iadbe.cli.runs_import import import_runs
from iadbe.cli.runs_merge import merge_runs
from iadbe.cli.runs_show import list_runs, show_run


@click.group()
def runs() -> None:
    """Show, list, compare, merge and import results."""


runs.add_command(list_runs)
runs.add_command(show_run)
runs.add_command(import_runs)
runs.add_command(merge_runs)
runs.add_command(compare_runs)

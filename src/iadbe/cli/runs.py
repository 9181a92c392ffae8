"""`iadbe runs`: what is known of finished cells, and results from elsewhere."""

from __future__ import annotations

import click

from iadbe.cli.runs_compare import compare_runs


@click.group()
def runs() -> None:
    """Compare the results of two cells."""


runs.add_command(compare_runs)

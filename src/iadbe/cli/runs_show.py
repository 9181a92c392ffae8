"""`iadbe runs show` and `list`: what is known of a cell, and the status of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from iadbe.cli.configuration import PROTOCOL
from iadbe.cli.plainly import plainly

if TYPE_CHECKING:
    from rich.console import Console

    from iadbe.reporting.record import Lines

_COLOURS = {"done": "green", "failed": "red", "missing": "dim"}
ENV = "Kedro environment of the benchmark, or the name of imported results."


@click.command("show")
@click.argument("cell")
@click.option("--env", "-e", help=ENV)
@PROTOCOL
@plainly
def show_run(cell: str, env: str | None, protocol: str | None) -> None:
    """How a cell was made: numbers, configuration, data, weights, versions, machine, commit.

    CELL is its id, e.g. demo.padim_lite0.fabric.s0.
    """
    from rich.console import Console

    from iadbe.cells.history import history
    from iadbe.cli.benchmark_store import in_project, opened
    from iadbe.reporting.record import sections

    with in_project():
        found = sections(history(*opened(env, protocol), cell))
    console = Console(highlight=False)
    for title, lines in found:
        _print(title, lines, console)


@click.command("list")
@click.option("--env", "-e", help=ENV)
@PROTOCOL
@plainly
def list_runs(env: str | None, protocol: str | None) -> None:
    """The status of every cell of a benchmark."""
    from rich.console import Console
    from rich.text import Text

    from iadbe.cells.history import statuses
    from iadbe.cli.benchmark_store import in_project, opened

    with in_project():
        table = statuses(*opened(env, protocol))
    console = Console(highlight=False, soft_wrap=True)
    for row in table.to_dict("records"):
        status = Text(f"{row['status']:11}", style=_COLOURS.get(row["status"], "yellow"))
        cause = f"  {row['cause']}" if isinstance(row["cause"], str) else ""
        console.print(status + Text(f"{row['cell']}{cause}"))
    counts = ", ".join(f"{n} {status}" for status, n in table["status"].value_counts().items())
    click.echo(f"{len(table)} cells: {counts}" if len(table) else "no cells", err=True)


def _print(title: str, lines: Lines, console: Console) -> None:
    """A section; a value without a label is not folded, so that it can be copied."""
    from rich.table import Table
    from rich.text import Text

    if title:
        console.print(Text(f"\n{title}", style="bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in lines:
        if label:
            table.add_row(Text(label), Text(value))
        else:
            console.print(Text(value), soft_wrap=True)
    if table.row_count:
        console.print(table)

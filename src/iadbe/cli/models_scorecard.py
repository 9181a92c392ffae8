"""`iadbe models scorecard`: a benchmark's results beside the published ones, as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from iadbe.cli.configuration import PROTOCOL
from iadbe.cli.plainly import plainly
from iadbe.errors import DataError


@click.command("scorecard")
@click.option("--env", "-e", help="Kedro environment of the benchmark.")
@click.option("--category", help="Only this one; `average` is the mean over all categories.")
@click.option("--source", help="Only numbers of original_iadbe, paper or anomalib.")
@PROTOCOL
@plainly
def models_scorecard(
    env: str | None, category: str | None, source: str | None, protocol: str | None
) -> None:
    """Print what a benchmark that ran reproduced of published results, as Markdown."""
    import pandas as pd

    from iadbe.cli.configuration import loader, run_command
    from iadbe.reporting.scorecard_table import scorecard_markdown

    file = Path(loader(env, protocol)["catalog"]["scorecard"]["filepath"])
    if not file.is_file():
        command = run_command(env, protocol)
        raise DataError(f"{file}: no scorecard yet; run `{command}` first.")
    table = pd.read_csv(file, keep_default_na=False, na_values=[""])
    for column, wanted in (("category", category), ("source", source)):
        if wanted and not (table[column] == wanted).any():
            known = ", ".join(table[column].unique()) or "none"
            raise DataError(f"{file}: no rows of {column} {wanted!r}; it has: {known}.")
        table = table[table[column] == wanted] if wanted else table
    click.echo(scorecard_markdown(table))

"""`iadbe audit`: what does not hold in published tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iadbe.cli.plainly import plainly


@click.command("audit")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "markdown"]),
    default="text",
    show_default=True,
    help="How the findings are printed.",
)
@plainly
def audit(*, paths: tuple[Path, ...], form: str) -> None:
    """Check tables of results against themselves, each other and the logs behind them.

    Reads Markdown, LaTeX and CSV tables and console logs of Anomalib, Lightning and Ultralytics,
    from files or folders. One line a finding; exit code 1 if there are errors.
    """
    from iadbe.auditing import audit as audited
    from iadbe.auditing.formats import formatted, summary

    findings = audited(paths)
    if text := formatted(findings, form):
        click.echo(text)
    click.echo(summary(findings), err=True)
    if (findings["severity"] == "error").any():
        sys.exit(1)

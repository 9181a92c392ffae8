"""`iadbe models`: what can be benchmarked, and whether a plugin keeps the contract."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iadbe.cli.plainly import plainly

if TYPE_CHECKING:
    from iadbe.cli.model_facts import ModelFacts
    from iadbe.testing import CheckResult


@click.group()
def models() -> None:
    """List, show and check models."""


@models.command("list")
@click.option("--env", "-e", help="Kedro environment whose models are listed.")
@click.option("--params", "-p", "with_params", is_flag=True, help="Show their parameters.")
@plainly
def list_models(env: str | None, *, with_params: bool) -> None:
    """All configured models and installed plugins."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from iadbe.cli.model_facts import configured
    from iadbe.cli.model_table import COLUMNS, PARAMS_COLUMNS, listed, registrations

    found = listed(configured(env))
    table = Table(box=box.SIMPLE, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in PARAMS_COLUMNS if with_params else COLUMNS:
        table.add_column(column, no_wrap=column != "parameters")
    for rows in (found.configured, found.ready):
        for row in rows:
            table.add_row(*((*row[:2], row[-1]) if with_params else row[:-1]))
        table.add_section()
    plugins = Table("plugin", "package", "version", box=box.SIMPLE)
    for registration in registrations():
        plugins.add_row(*registration)
    Console().print("", table, plugins)
    for problem in found.problems:
        click.echo(problem, err=True)


@models.command("show")
@click.argument("name")
@click.option("--env", "-e", help="Kedro environment that configures the model.")
@plainly
def show_model(name: str, env: str | None) -> None:
    """What a model or plugin is, what it needs, and which parameters it takes."""
    from iadbe.cli.describe import describe
    from iadbe.cli.model_facts import named

    click.echo(describe(named(name, env)))


@models.command("check")
@click.argument("name")
@click.option("--env", "-e", help="Kedro environment that configures the model.")
@plainly
def check_model(name: str, env: str | None) -> None:
    """Hold a model to the plugin contract; exit code 1 if it breaks it."""
    from iadbe.cli.model_facts import named
    from iadbe.models.registry import validate_params

    facts = named(name, env)
    validate_params(facts.plugin, facts.entry.params, name)
    log = Path(tempfile.mkdtemp(prefix="iadbe-check-")) / "output.log"
    failed = 0
    for result in _checks(facts, log):
        click.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.name}")
        if not result.passed:
            failed += 1
            click.echo(f"     {result.message}")
    if failed:
        raise click.ClickException(
            f"{name} breaks the contract in {failed} of the checks; what it printed is in {log}"
        )
    shutil.rmtree(log.parent)


def _checks(facts: ModelFacts, log: Path) -> Iterator[CheckResult]:
    """The results as they come; what the model prints goes to the log."""
    from iadbe.cli.hush import hushed
    from iadbe.testing import run_checks

    results = run_checks(facts.plugin, facts.entry.params, card=facts.card)
    while True:
        with hushed(log):
            result = next(results, None)
        if result is None:
            return
        yield result

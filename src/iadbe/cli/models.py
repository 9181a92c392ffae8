"""`iadbe models`: what can be benchmarked, and whether a plugin keeps the contract."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from iadbe.cli.plainly import plainly
from iadbe.errors import ConfigError, PluginError


@click.group()
def models() -> None:
    """List, show and check models."""


@models.command("list")
@click.option("--env", "-e", help="Kedro environment whose models are listed.")
@plainly
def list_models(env: str | None) -> None:
    """All configured models and installed plugins; imports none of them."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    configured = Table("model", "plugin", "parameters", box=box.SIMPLE)
    for name, entry in _entries(env).items():
        params = "\n".join(_flat(entry.get("params") or {}))
        configured.add_row(name, str(entry.get("plugin")), params)
    plugins = Table("plugin", "package", "version", box=box.SIMPLE)
    problems = _add_plugins(plugins)
    Console().print(configured, plugins)
    for problem in problems:
        click.echo(problem, err=True)


def _add_plugins(table: Any) -> list[str]:
    """Add a row a registration; return a line for each name that several packages register."""
    from iadbe.models.registry import entries, find, names

    for entry in entries():
        table.add_row(entry.name, entry.package, entry.version)
    problems = []
    for name in names():
        try:
            find(name)
        except PluginError as error:
            problems.append(str(error))
    return problems


def _flat(params: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """`{a: {b: 1}}` → `a.b: 1`, as `--params` names it."""
    for key, value in params.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}: {value}"


@models.command("show")
@click.argument("name")
@click.option("--env", "-e", help="Kedro environment that configures the model.")
@plainly
def show_model(name: str, env: str | None) -> None:
    """What a model or plugin is, and which parameters it takes."""
    from iadbe.cli.describe import describe
    from iadbe.models.registry import find, load_plugin, validate_params

    plugin_name, params = _plugin_of(name, env)
    plugin = load_plugin(plugin_name)
    origin = f"plugin {plugin_name} of {find(plugin_name).origin}"
    # What a configured model does may depend on its parameters.
    model = plugin if params is None else plugin(validate_params(plugin, params, name), "cpu")
    click.echo(describe(name, origin, model, params or {}))


@models.command("check")
@click.argument("name")
@click.option("--env", "-e", help="Kedro environment that configures the model.")
@plainly
def check_model(name: str, env: str | None) -> None:
    """Hold a model to the plugin contract; exit code 1 if it breaks it."""
    from iadbe.models.registry import load_plugin, validate_params

    plugin_name, params = _plugin_of(name, env)
    plugin = load_plugin(plugin_name)
    validate_params(plugin, params or {}, name)
    log = Path(tempfile.mkdtemp(prefix="iadbe-check-")) / "output.log"
    failed = 0
    for result in _checks(plugin, params, log):
        click.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.name}")
        if not result.passed:
            failed += 1
            click.echo(f"     {result.message}")
    if failed:
        raise click.ClickException(
            f"{name} breaks the contract in {failed} of the checks; what it printed is in {log}"
        )
    shutil.rmtree(log.parent)


def _checks(plugin: Any, params: dict[str, Any] | None, log: Path) -> Iterator[Any]:
    """The results as they come; what the model prints goes to the log."""
    from iadbe.cli.hush import hushed
    from iadbe.testing import run_checks

    results = run_checks(plugin, params)
    while True:
        with hushed(log):
            result = next(results, None)
        if result is None:
            return
        yield result


def _plugin_of(name: str, env: str | None) -> tuple[str, dict[str, Any] | None]:
    """A configured model's plugin and parameters, or a plugin's own name and None.

    Raises:
        ConfigError: If there is neither a model nor a plugin of that name.
    """
    from iadbe.benchmark.selection import did_you_mean
    from iadbe.models.registry import names

    entries = _entries(env)
    if name in entries:
        return str(entries[name].get("plugin")), dict(entries[name].get("params") or {})
    if name in names():
        return name, None
    known = did_you_mean(name, sorted({*entries, *names()}))
    raise ConfigError(f"no model or plugin {name!r}; {known}.")


def _entries(env: str | None) -> dict[str, Any]:
    from iadbe.cli.configuration import loader

    given = loader(env)["parameters"].get("model") or {}
    found: dict[str, Any] = {name: entry or {} for name, entry in given.items()}
    return found

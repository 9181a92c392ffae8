"""`iadbe models`: what can be benchmarked, and whether a plugin keeps the contract."""

from __future__ import annotations

import inspect
import json
from typing import Any

import click

from iadbe.cli.plainly import plainly


@click.group()
def models() -> None:
    """List, show and check models."""


@models.command("list")
@click.option("--env", "-e", help="Kedro environment whose models are listed.")
@plainly
def list_models(env: str | None) -> None:
    """All configured models and installed plugins; imports none of them."""
    from rich.console import Console
    from rich.table import Table

    from iadbe.models.registry import names, provider

    configured = Table("model", "plugin", "parameters", title="Models (parameters_models.yml)")
    for name, entry in _entries(env).items():
        shown = json.dumps(entry.get("params", {}))
        configured.add_row(name, str(entry.get("plugin")), shown)
    plugins = Table("plugin", "package", "version", title="Plugins (entry points iadbe.models)")
    for name in names():
        plugins.add_row(name, *_provider(provider, name))
    console = Console()
    console.print(configured, plugins)


def _provider(provider: Any, name: str) -> tuple[str, str]:
    from iadbe.errors import PluginError

    try:
        package, version = provider(name)
    except PluginError as error:
        return str(error), ""
    return str(package), str(version)


@models.command("show")
@click.argument("name")
@click.option("--env", "-e", help="Kedro environment that configures the model.")
@plainly
def show_model(name: str, env: str | None) -> None:
    """What a model or plugin is, and which parameters it takes."""
    from iadbe.models.registry import load_plugin, provider

    plugin_name, params = _plugin_of(name, env)
    plugin = load_plugin(plugin_name)
    package, version = provider(plugin_name)
    click.echo(f"{name}: plugin {plugin_name} of {package} {version}")
    click.echo(f"supervision: {plugin.supervision}\nlocalizes: {plugin.localizes}")
    click.echo(f"\n{inspect.getdoc(plugin) or ''}\n\nParameters:")
    for field, info in plugin.Params.model_fields.items():
        value = info.get_default(call_default_factory=True)
        default = "required" if info.is_required() else f"default {value!r}"
        here = f", here {params[field]!r}" if field in params else ""
        about = f"  {info.description}" if info.description else ""
        click.echo(f"  {field}: {_type_name(info.annotation)} ({default}{here}){about}")


@models.command("check")
@click.argument("name")
@click.option("--env", "-e", help="Kedro environment that configures the model.")
@plainly
def check_model(name: str, env: str | None) -> None:
    """Hold a model to the plugin contract; exit code 1 if it breaks it."""
    from iadbe.models.registry import load_plugin
    from iadbe.testing import run_checks

    plugin_name, params = _plugin_of(name, env)
    failed = 0
    for result in run_checks(load_plugin(plugin_name), params):
        click.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.name}")
        if not result.passed:
            failed += 1
            click.echo(f"     {result.message}")
    if failed:
        raise click.ClickException(f"{name} breaks the contract in {failed} of the checks.")


def _plugin_of(name: str, env: str | None) -> tuple[str, dict[str, Any]]:
    """A configured model's plugin and parameters, or a plugin's own name and none."""
    entry = _entries(env).get(name, {})
    return str(entry.get("plugin", name)), dict(entry.get("params", {}))


def _entries(env: str | None) -> dict[str, Any]:
    from iadbe.cli.configuration import loader

    found: dict[str, Any] = loader(env)["parameters"].get("model", {})
    return found


def _type_name(annotation: Any) -> str:
    return getattr(annotation, "__name__", str(annotation).replace("typing.", ""))

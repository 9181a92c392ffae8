"""`iadbe weights`: what models need, and how it gets to a machine without a network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iadbe.cli.plainly import plainly
from iadbe.errors import ConfigError, WeightsError

if TYPE_CHECKING:
    from iadbe.models.weights import Weights
    from iadbe.models.weights.transfer.needs import Need

ENV = click.option("--env", "-e", help="Kedro environment whose models are meant.")
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def weights() -> None:
    """List, pack and install pretrained weights."""


@weights.command("list")
@ENV
@plainly
def list_weights(env: str | None) -> None:
    """What each configured model needs, and where it is; asks no network."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    entries, _ = _configured(env)
    table = Table(box=box.SIMPLE)
    for title in ("model", "weights", "where", "MB", "licence"):
        table.add_column(title, overflow="fold", justify="right" if title == "MB" else "left")
    problems: list[str] = []
    files: dict[str, bool] = {}
    for need in _needs(entries, list(entries)):
        for row in _rows(need, files, problems):
            table.add_row(*row)
    Console().print(table)
    for line in _folders(files):
        click.echo(line)
    for problem in problems:
        click.echo(problem, err=True)


def _rows(
    need: Need, files: dict[str, bool], problems: list[str]
) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of a model; notes which files there are, and what cannot be told."""
    if need.problem:
        problems.append(f"{need.model}: {need.problem}")
        yield need.model, "cannot be told, see below", "", "", ""
    elif not need.weights:
        yield need.model, "none", "", "", ""
    for item in need.weights:
        try:
            where, size, licence = _facts(item)
        except WeightsError as error:
            problems.append(f"{need.model}: {error}")
            where, size, licence = "unknown", "", ""
        files[item.name] = where not in {"missing", "unknown"}
        yield need.model, item.name, where, size, licence


def _facts(item: Weights) -> tuple[str, str, str]:
    from iadbe.models.weights.about import licence
    from iadbe.models.weights.locate import locate

    found = locate(item)
    size = found.file.stat().st_size / 1e6 if found else item.megabytes
    stated = licence(item, packaged=found is not None and found.place == "package")
    return (
        found.place if found else "missing",
        "" if size is None else f"{size:.0f}",
        stated or "not stated",
    )


def _folders(files: dict[str, bool]) -> Iterator[str]:
    from iadbe.models.weights.places import FOLDER_VARIABLE, installed_folder

    yield f"{FOLDER_VARIABLE}: {os.environ.get(FOLDER_VARIABLE) or 'not set'}"
    yield f"installed: {installed_folder()}"
    absent = sum(not here for here in files.values())
    if absent:
        yield (
            f"{absent} of {len(files)} files are missing; where a network is, they are fetched "
            "when a model needs them, or by `iadbe weights pack`."
        )
    else:
        yield f"All of {len(files)} files are here."


@weights.command("pack")
@click.argument("folder", type=_FOLDER)
@ENV
@click.option(
    "--models",
    help="Names, separated by commas, or `all`; by default those of the benchmark.",
)
@plainly
def pack_weights(folder: Path, env: str | None, models: str | None) -> None:
    """Fetch all that models need into a new FOLDER, with sums and licences."""
    from iadbe.models.weights.transfer.pack import pack

    entries, benchmark = _configured(env)
    chosen = _chosen(models, list(entries), benchmark)
    manifest = pack(_needs(entries, chosen), folder, click.echo)
    size = sum(entry.size for entry in manifest.files) / 1e6
    click.echo(f"{folder}: {len(manifest.files)} files, {size:.0f} MB.")
    click.echo(f"On the other machine: iadbe weights install {folder.name}")


@weights.command("install")
@click.argument("folder", type=_FOLDER)
@plainly
def install_weights(folder: Path) -> None:
    """Verify a packed FOLDER and install its files for this user."""
    from iadbe.models.weights.transfer.install import install

    click.echo(f"Installed into {install(folder, click.echo)}.")


def _chosen(models: str | None, configured: list[str], benchmark: list[str]) -> list[str]:
    from iadbe.benchmark.selection import did_you_mean

    if models is None:
        return benchmark
    if models == "all":
        return configured
    names = [name.strip() for name in models.split(",")]
    for name in names:
        if name not in configured:
            known = did_you_mean(name, sorted(configured))
            raise ConfigError(f"--models {name}: no such model is configured; {known}.")
    return names


def _configured(env: str | None) -> tuple[dict[str, Any], list[str]]:
    """The model entries of an environment, and the models of its benchmark."""
    from iadbe.cli.configuration import loader

    conf = loader(env)
    entries: dict[str, Any] = conf["parameters"].get("model") or {}
    return entries, list(conf.spec.models)


def _needs(entries: dict[str, Any], models: list[str]) -> list[Need]:
    from iadbe.models.weights.transfer.needs import needs

    return needs(entries, models)

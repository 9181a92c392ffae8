"""`iadbe runs import`: console logs of others as a benchmark."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click

from iadbe.cli.plainly import plainly
from iadbe.errors import ConfigError

_NAME = re.compile(r"[a-z0-9_]+")


@click.command("import")
@click.argument("paths", metavar="LOG...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "name", required=True, help="Name for the benchmark: that of the source.")
@plainly
def import_runs(*, paths: tuple[Path, ...], name: str) -> None:
    """Read console logs, and leave metrics, runs and a report as a benchmark does.

    LOG is a log of Anomalib, Lightning or Ultralytics, or a folder of them. Numbers stay as they
    are logged, stamped with what of the test images had a part in them.
    """
    from iadbe.cli.benchmark_store import beside, in_project
    from iadbe.cli.configuration import loader
    from iadbe.importing import import_logs, write_report

    given = [path.absolute() for path in paths]
    command = shlex.join(["iadbe", "runs", "import", *map(str, paths), "--as", name])
    with in_project():
        _refuse_name(name)
        conf = loader(None)
        reporting = Path(conf["catalog"]["runs"]["filepath"]).parent.with_name(name)
        entries = _packaged_entries() | (conf["parameters"].get("model") or {})
        found = import_logs(given, beside(name), entries)
        report = write_report(reporting, name, found, command)
    statuses = found.runs["status"].value_counts()
    counts = ", ".join(f"{number} {status}" for status, number in statuses.items())
    click.echo(f"{name}: {len(found.runs)} cells ({counts}), {len(found.metrics)} numbers")
    click.echo(f"report: {report}")


def _packaged_entries() -> dict[str, Any]:
    """The model entries that IADBE brings: a project may have none of the names in a log."""
    from kedro.framework.project import settings

    from iadbe import project
    from iadbe.benchmark.loader import BenchmarkConfigLoader

    conf = BenchmarkConfigLoader(project.packaged_conf(), **settings.CONFIG_LOADER_ARGS)
    entries: dict[str, Any] = conf["parameters"]["model"]
    return entries


def _refuse_name(name: str) -> None:
    """A benchmark of ours must not be mistaken for somebody else's, or overwritten."""
    from iadbe.cli.configuration import loader

    if not _NAME.fullmatch(name):
        raise ConfigError(f"--as {name}: use a to z, 0 to 9 and _ only.")
    conf = loader(None)
    environments = [path.name for path in Path(conf.conf_source).iterdir() if path.is_dir()]
    if name in (*environments, conf.spec.name):
        raise ConfigError(f"--as {name}: a benchmark of this project has that name; give another.")

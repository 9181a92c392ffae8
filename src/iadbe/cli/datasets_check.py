"""`iadbe datasets check`: the audit of datasets, without training anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iadbe.cli.benchmark_store import in_project
from iadbe.cli.plainly import plainly
from iadbe.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

_COLOURS = {"error": "red", "warning": "yellow", "info": "dim"}


@click.command("check")
@click.argument("names", nargs=-1, metavar="[DATASET]…")
@click.option("--env", "-e", help="Kedro environment whose datasets are checked.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write all findings here.")
@plainly
def check_datasets(names: tuple[str, ...], env: str | None, csv_file: Path | None) -> None:
    """Look for broken files, contradicting masks, duplicates and leaks; exit code 1 for errors."""
    import pandas as pd

    with in_project():
        findings = pd.concat([_audit(*item) for item in _chosen(names, env)], ignore_index=True)
    if csv_file is not None:
        findings.to_csv(csv_file, index=False)
    _show(findings)
    if (findings["severity"] == "error").any():
        raise click.ClickException(
            "mend these files, or leave them out with `leave_out_errors: true` in benchmark.yml"
        )


def _chosen(names: tuple[str, ...], env: str | None) -> list[tuple[str, Any, list[str]]]:
    """Name, catalog and categories of each dataset that is asked for; of all if none is."""
    from kedro.io import DataCatalog

    from iadbe.benchmark.selection import did_you_mean
    from iadbe.cli.configuration import loader

    conf = loader(env)
    known = conf.spec.datasets
    for name in names:
        if name not in known:
            hint = did_you_mean(name, sorted(known))
            raise ConfigError(f"the benchmark has no dataset {name!r}; {hint}.")
    entries = {key: conf["catalog"][key] for key in ("inspections", *(f"{n}.raw" for n in known))}
    catalog = DataCatalog.from_config(entries)
    return [(name, catalog, known[name]) for name in (names or tuple(known))]


def _audit(name: str, catalog: Any, categories: list[str]) -> pd.DataFrame:
    from iadbe.pipelines.ingestion.nodes import Ingest, audit_files

    ingest = Ingest(dataset=name, categories=categories, validation=0)
    _, findings = audit_files(catalog.load(f"{name}.raw"), catalog.load("inspections"), ingest)
    click.echo(f"{name}: {len(categories)} categories, {len(findings)} findings")
    return findings


def _show(findings: pd.DataFrame) -> None:
    from rich.console import Console

    from iadbe.reporting.audit_table import audit_rows

    console = Console(highlight=False, soft_wrap=True)
    for row in audit_rows(findings):
        where = f"{row.dataset} {row.category}: {row.rule} ({row.files})"
        console.print(f"{row.severity:8}{where}", style=_COLOURS[row.severity], markup=False)
        console.print(f"        {row.message}; {row.remedy}", markup=False)
        for path in row.paths:
            console.print(f"        {path}", markup=False)
        if row.more:
            console.print(f"        and {row.more} more", markup=False)

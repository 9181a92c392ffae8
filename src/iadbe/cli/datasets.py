"""`iadbe datasets`: what the benchmark's catalog defines, and how it gets here."""

from __future__ import annotations

import click

from iadbe.cli.convert import convert_dataset
from iadbe.cli.datasets_check import check_datasets
from iadbe.cli.datasets_download import download_dataset
from iadbe.cli.plainly import plainly


@click.group()
def datasets() -> None:
    """List, download, check and convert datasets."""


datasets.add_command(download_dataset)
datasets.add_command(check_datasets)
datasets.add_command(convert_dataset)


@datasets.command("list")
@click.option("--env", "-e", help="Kedro environment whose datasets are listed.")
@plainly
def list_datasets(env: str | None) -> None:
    """The datasets of the catalog, with their layout, folder and categories."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from iadbe.cli.configuration import loader

    conf = loader(env)
    table = Table("dataset", "layout", "folder", "categories of this benchmark", box=box.SIMPLE)
    for name, entry in conf["catalog"].items():
        if name.endswith(".raw"):
            dataset = name.removesuffix(".raw")
            categories = ", ".join(conf.spec.datasets.get(dataset, [])) or "-"
            table.add_row(dataset, entry.get("layout", "drawn"), entry["filepath"], categories)
    Console().print(table)

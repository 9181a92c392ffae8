"""`iadbe datasets download`: show what it is and what may be done with it, ask, get it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iadbe.cli.plainly import plainly
from iadbe.errors import DataError

if TYPE_CHECKING:
    from iadbe.download import Download, Source


@click.command("download")
@click.argument("name")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the dataset; by default below data/01_raw.",
)
@click.option("--category", "-c", "categories", multiple=True, help="Unpack this one only; repeat.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--address", help="Get the archive from here, e.g. a mirror.")
@click.option("--sha256", help="Checksum of the archive, if it is not the official one.")
@click.option(
    "--archive",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The archive, if it is already here: nothing is downloaded.",
)
@plainly
def download_dataset(  # noqa: PLR0913, PLR0917 (click passes each option)
    name: str,
    to: Path | None,
    categories: tuple[str, ...],
    yes: bool,
    address: str | None,
    sha256: str | None,
    archive: Path | None,
) -> None:
    """Download, verify and unpack an official dataset.

    Run it again after a break: it goes on where it stopped.
    """
    from iadbe.download import Source, find
    from iadbe.download.place import missing

    download = find(name)
    needed = download.folders(categories)
    target = to or _project() / download.folder
    if missing(target, needed):
        source = Source(address, sha256, archive)
        _show(download, target, source)
        if not yes:
            click.confirm("Go on?", abort=True)
    else:
        source = Source()
        click.echo(f"{target} is complete; nothing is downloaded.")
    _get(download, target, categories, source)


def _project() -> Path:
    from kedro.utils import find_kedro_project

    return find_kedro_project(Path.cwd()) or Path.cwd()


def _show(download: Download, target: Path, source: Source) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=box.SIMPLE)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for title, text in _facts(download, target, source):
        table.add_row(title, text)
    Console().print(table, markup=False)


def _facts(download: Download, target: Path, source: Source) -> Iterator[tuple[str, str]]:
    from iadbe.download.fetch import checksum, origin

    facts = download.facts
    limit = ": for non-commercial use only" if facts.non_commercial else ""
    yield "dataset", facts.title
    yield "licence", f"{facts.licence}{limit}"
    yield "page", facts.homepage
    yield "from", str(source.archive or origin(download, source))
    yield "checksum", str(checksum(download, source) or "none is known")
    yield "size", _size(download, target, source)
    yield "into", str(target)


def _size(download: Download, target: Path, source: Source) -> str:
    """Of the archive, as the server says it, and how much of it is here."""
    from iadbe.download.fetch import archive_file, origin
    from iadbe.download.partial import Partial
    from iadbe.download.requests import BrokeOffError, ask
    from iadbe.download.space import in_words

    file = source.archive or archive_file(download, target.absolute())
    if file.is_file():
        return f"{in_words(file.stat().st_size)}, already here"
    here = Partial(file).size
    part = f", of which {in_words(here)} are here" if here else ""
    try:
        with ask(origin(download, source)) as answer:
            size = in_words(answer.size) if answer.size else "the server does not say"
    except BrokeOffError as error:
        size = f"unknown: {error}"
    return size + part


def _get(download: Download, target: Path, categories: tuple[str, ...], source: Source) -> None:
    from iadbe.download import fetch
    from iadbe.download.fetch import archive_file
    from iadbe.download.partial import Partial
    from iadbe.download.progress import Bars
    from iadbe.download.transfer import kept

    try:
        with Bars() as bars:
            fetched = fetch(
                download.name, target, categories=categories, source=source, progress=bars
            )
    except KeyboardInterrupt:
        partial = Partial(archive_file(download, target.absolute()))
        if partial.size:
            click.echo(f"{partial.file}: {kept(partial)}", err=True)
        raise
    if fetched.findings:
        for finding in fetched.findings:
            click.echo(finding, err=True)
        raise DataError(f"{target}: not as officially counted; see the lines above.")
    click.echo(f"{target}: {_counted(download, categories)}.")


def _counted(download: Download, categories: tuple[str, ...]) -> str:
    known = download.facts.categories
    chosen = download.choose(categories)
    told = f"{len(chosen)} of {len(known)} categories"
    if all(known[name].images for name in chosen):
        return f"{told}, as many images as officially counted"
    return f"{told}; how many images they should have is not published"

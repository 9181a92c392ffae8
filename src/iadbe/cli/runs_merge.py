"""`iadbe runs merge`: the results of several machines in one store."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iadbe.cli.plainly import plainly
from iadbe.errors import DataError

if TYPE_CHECKING:
    from iadbe.cells.store import Store
    from iadbe.merging import Outcome, Prefer

_FOLDER = click.Path(path_type=Path)
_TOLD = ("conflict", "kept", "replaced")
_WHAT = {"unfinished": "not finished there", "kept": "kept ours"}


@click.command("merge")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=_FOLDER)
@click.option("--into", type=_FOLDER, help="A data folder, or one benchmark's results.")
@click.option("--env", "-e", help="Kedro environment whose results take the others in.")
@click.option("--prefer", type=click.Choice(["ours", "theirs"]), help="Who is right in a conflict.")
@click.option("--with-models", is_flag=True, help="Copy the fitted models, too.")
@plainly
def merge_runs(
    *,
    sources: tuple[Path, ...],
    into: Path | None,
    env: str | None,
    prefer: Prefer | None,
    with_models: bool,
) -> None:
    """Take over what other machines have finished.

    SOURCE is a project, its data folder, or data/07_model_output/BENCHMARK. Without --into the
    results go to the benchmark of --env. Where both have another result of a cell, ours is kept and
    the conflict is named; exit code 1 if there is one that --prefer does not decide.
    """
    from iadbe.cli.benchmark_store import in_project
    from iadbe.merging import merge

    if into is not None and env is not None:
        raise click.UsageError("give --into or --env, not both")
    given = [source.absolute() for source in sources]
    with contextlib.nullcontext() if into else in_project():
        outcomes: list[Outcome] = []
        for theirs, ours in _pairs(given, into, env):
            found = merge(theirs, ours, prefer=prefer, with_models=with_models)
            _tell(theirs, found)
            outcomes += found
        if into is None:
            _tell_what_does_not_count(outcomes, env)
    if any(outcome.kind == "conflict" for outcome in outcomes):
        sys.exit(1)


def _pairs(
    sources: list[Path], into: Path | None, env: str | None
) -> Iterator[tuple[Store, Store]]:
    """The store to take from and the one to put into, for each benchmark of each source."""
    from iadbe.cli.benchmark_store import opened
    from iadbe.merging import find_stores, target_stores

    for source in sources:
        found = find_stores(source)
        if into is not None:
            targets = target_stores(into, found)
            yield from ((found[name], targets[name]) for name in found)
        else:
            ours, _ = opened(env)
            yield _of_benchmark(found, source, ours.name), ours


def _of_benchmark(found: dict[str, Store], source: Path, name: str) -> Store:
    """That of our benchmark; a folder of results that was named is meant, whatever its name."""
    if name in found:
        return found[name]
    only = next(iter(found.values()))
    if only.results == source:
        return only
    raise DataError(
        f"{source}: no results of {name}; it has {', '.join(found)}. Name the folder of one of "
        "them, or give --env or --into."
    )


def _tell(theirs: Store, outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.kind in _TOLD:
            click.echo(f"{outcome.kind:9} {outcome.cell_id}: {outcome.cause}")
    counts = Counter(outcome.kind for outcome in outcomes)
    said = ", ".join(f"{number} {_WHAT.get(kind, kind)}" for kind, number in counts.items())
    click.echo(f"{theirs.results}: {said}")


def _tell_what_does_not_count(outcomes: list[Outcome], env: str | None) -> None:
    """Which of the cells taken over are no result under the configuration and code of here."""
    from iadbe.benchmark.repeating import command
    from iadbe.cells.history import statuses
    from iadbe.cli.benchmark_store import opened

    taken = {outcome.cell_id for outcome in outcomes if outcome.kind in ("copied", "replaced")}
    if not taken:
        return
    for row in statuses(*opened(env)).to_dict("records"):
        if row["cell"] in taken and row["status"] != "done":
            click.echo(f"{row['status']:9} {row['cell']}: {row['cause']}")
    click.echo(f"`{command(env)} --pipelines reporting` makes the report anew")

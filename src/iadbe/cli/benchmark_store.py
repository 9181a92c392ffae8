"""The result store that a command is about: a benchmark's, or one of imported results."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from iadbe.benchmark.cell import Cell
from iadbe.cells.store import Store
from iadbe.cli.configuration import loader
from iadbe.errors import ConfigError


@contextlib.contextmanager
def in_project() -> Iterator[None]:
    """Paths of the catalog are relative to the project's folder."""
    from kedro.utils import find_kedro_project

    with contextlib.chdir(find_kedro_project(Path.cwd()) or Path.cwd()):
        yield


def opened(env: str | None, protocol: str | None = None) -> tuple[Store, list[Cell]]:
    """The store of a benchmark, and the cells of its matrix.

    Args:
        env: Its Kedro environment, or the name of imported results, which have no matrix.
        protocol: That of the run; None for the configured one. Imported results have none.

    Raises:
        ConfigError: If there is neither.
    """
    try:
        conf = loader(env, protocol)
        return Store.of(conf["catalog"]), conf.cells
    except ConfigError:
        imported = beside(env) if env and not protocol else None
        if imported is None or not imported.results.is_dir():
            raise
        return imported, []


def beside(name: str) -> Store:
    """The store of a name beside that of the base configuration."""
    base = Store.of(loader(None)["catalog"])
    folders = (base.results, base.models, base.manifests)
    return Store(*(folder.with_name(name) for folder in folders))

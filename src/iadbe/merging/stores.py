"""Which result stores lie in a folder that a user names."""

from __future__ import annotations

from pathlib import Path

from iadbe.cells.store import Store
from iadbe.errors import DataError

RESULTS = "07_model_output"


def find_stores(path: Path) -> dict[str, Store]:
    """The stores of a project, of its data folder, or the one of a benchmark's results.

    Returns:
        By benchmark, i.e. by the name of the folder of results.

    Raises:
        DataError: If there are none.
    """
    if Store.at(path).cell_ids():
        return {path.name: Store.at(path)}
    for folder in (path / RESULTS, path / "data" / RESULTS, path):
        folders = sorted(folder.iterdir()) if folder.name == RESULTS and folder.is_dir() else []
        stores = {child.name: Store.at(child) for child in folders if child.is_dir()}
        if found := {name: store for name, store in stores.items() if store.cell_ids()}:
            return found
    raise DataError(
        f"{path}: no results. Name a project, its data folder, or one benchmark's results, "
        f"data/{RESULTS}/<benchmark>."
    )


def target_stores(into: Path, sources: dict[str, Store]) -> dict[str, Store]:
    """Where each of the sources goes below a folder, which need not exist yet.

    Args:
        into: A project, its data folder, or the results of one benchmark.
        sources: By benchmark.

    Raises:
        DataError: If several benchmarks would go into the results of one.
    """
    if into.parent.name == RESULTS or Store.at(into).cell_ids():
        if len(sources) > 1:
            raise DataError(
                f"{into} holds one benchmark, the source {', '.join(sources)}: name one of them, "
                "or give a data folder."
            )
        return dict.fromkeys(sources, Store.at(into))
    data = into / "data" if (into / "data").is_dir() else into
    results = data if data.name == RESULTS else data / RESULTS
    return {name: Store.at(results / name) for name in sources}

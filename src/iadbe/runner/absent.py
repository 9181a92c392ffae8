"""Categories of the benchmark that ingestion did not find: what their cells are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from iadbe.audit.absent import absent_in
from iadbe.benchmark.cell import Cell


def absent_categories(dataset: str, catalog: Any) -> dict[str, str]:
    """Why each category that is not on disk has no samples, a line each, by name.

    Args:
        dataset: An ingested one.
        catalog: Kedro's catalog; the findings of the audit say what was absent.
    """
    name = f"{dataset}.audit"
    if not catalog.exists(name):
        return {}
    return {
        category: f"{dataset} was ingested without the category {category}: {message}"
        for category, message in absent_in(catalog.load(name)).items()
    }


def absent_among(cells: Iterable[Cell], catalog: Any) -> list[str]:
    """Why categories of these cells have no samples, a line a category."""
    wanted = dict.fromkeys((cell.dataset, cell.category) for cell in cells)
    found = {name: absent_categories(name, catalog) for name, _ in wanted}
    return [found[name][category] for name, category in wanted if category in found[name]]

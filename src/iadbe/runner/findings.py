"""What the audit of a dataset means for its cells: no samples, or synthetic anomalies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from iadbe.audit.absent import absent_in
from iadbe.audit.drawn import drawn_in
from iadbe.benchmark.cell import Cell


def absent_categories(dataset: str, catalog: Any) -> dict[str, str]:
    """Why each category that is not on disk has no samples, a line each, by name.

    Args:
        dataset: An ingested one.
        catalog: Kedro's catalog; the findings of the audit say what was absent.
    """
    findings = _findings(dataset, catalog)
    absent = {} if findings is None else absent_in(findings)
    return {
        category: f"{dataset} was ingested without the category {category}: {message}"
        for category, message in absent.items()
    }


def drawn_categories(dataset: str, catalog: Any) -> list[str]:
    """The categories whose test anomalies are synthetic.

    Args:
        dataset: An ingested one.
        catalog: Kedro's catalog.
    """
    findings = _findings(dataset, catalog)
    return [] if findings is None else drawn_in(findings).get(dataset, [])


def absent_among(cells: Iterable[Cell], catalog: Any) -> list[str]:
    """Why categories of these cells have no samples, a line a category."""
    wanted = dict.fromkeys((cell.dataset, cell.category) for cell in cells)
    found = {name: absent_categories(name, catalog) for name, _ in wanted}
    return [found[name][category] for name, category in wanted if category in found[name]]


def _findings(dataset: str, catalog: Any) -> pd.DataFrame | None:
    name = f"{dataset}.audit"
    return catalog.load(name) if catalog.exists(name) else None

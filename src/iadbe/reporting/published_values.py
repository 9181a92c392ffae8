"""What the original's tables print for the models and categories of a benchmark."""

from __future__ import annotations

import pandas as pd

from iadbe.published.load import SOURCES

Key = tuple[str, str, str, str]
"""Dataset, model (an entry of the benchmark), category (`average` for the mean), metric."""


def original_values(compared: pd.DataFrame, *, variants: bool = False) -> dict[Key, float]:
    """The original's published values, to be shown beside ours.

    Where its README and its paper print one number differently, the README's is given. Errors are
    included, as printed: the scorecard has the reason of an average that is none. The original has
    no AUPRO; its per-region overlap at one threshold is never given for it.

    Args:
        compared: The scorecard (`iadbe.schemas.ScorecardSchema`).
        variants: Also for entries that are a variant of a published model, e.g. with another
            backbone; the scorecard's `compared_with` says of which, `differences` how.

    Returns:
        Shares in [0, 1]; a number that the original does not print is not among them.
    """
    own = compared[compared["source"] == SOURCES[0]]
    if not variants:
        own = own[own["model"] == own["compared_with"]]
    ordered = own.sort_values(
        "reference", key=lambda names: ~names.str.startswith("README"), kind="stable"
    )
    first = ordered.drop_duplicates(["dataset", "model", "category", "metric"])
    columns = (first[name] for name in ("dataset", "model", "category", "metric", "published"))
    return {
        (dataset, model, category, metric): float(value)
        for dataset, model, category, metric, value in zip(*columns, strict=True)
    }


def by_table(values: dict[Key, float]) -> dict[str, dict[str, dict[tuple[str, str], float]]]:
    """The values of `original_values` by dataset and metric, then model and category."""
    tables: dict[str, dict[str, dict[tuple[str, str], float]]] = {}
    for (dataset, model, category, metric), value in values.items():
        own = tables.setdefault(dataset, {}).setdefault(metric, {})
        own[model, category] = value
    return tables

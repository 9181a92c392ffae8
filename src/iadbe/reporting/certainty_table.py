"""How sure the value of each category is: an interval, or the spread over seeds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import NOTHING, score
from iadbe.reporting.results import only_done
from iadbe.statistics.seeds import over_seeds

_LEVEL, _METRIC = "image", "auroc"


class CertaintyTable(NamedTuple):
    """Image AUROC of each model (row) in each category, as text; the last entry is the mean."""

    categories: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]
    """A model, and a value with what surrounds it for each category and for their mean."""
    seeds: int
    """The most seeds that a value rests on."""


def certainty_table(metrics: pd.DataFrame, runs: pd.DataFrame) -> CertaintyTable | None:
    """Lay out one dataset; None if nothing is known of how sure its values are.

    One seed has the bootstrap interval of its test images. Of several seeds the mean and the
    spread are shown, which say something else: how much the training varies.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: The cells of the dataset (`iadbe.schemas.RunsSchema`).
    """
    done = only_done(overall(metrics), runs)
    done = done[(done["level"] == _LEVEL) & (done["metric"] == _METRIC)].dropna(subset=["value"])
    seeds = int(done.groupby("model")["seed"].nunique().max()) if len(done) else 0
    if not seeds or (seeds == 1 and done["ci_low"].isna().all()):
        return None
    categories = list(runs["category"].unique())
    rows = []
    for model in runs["model"].unique():
        own = done[done["model"] == model]
        entries = [_entry(own[own["category"] == category], seeds) for category in categories]
        rows.append((str(model), [*entries, _mean(own, categories, seeds)]))
    return CertaintyTable(categories, rows, seeds)


def _entry(rows: pd.DataFrame, seeds: int) -> tuple[str, str]:
    """The value of one model in one category, and what surrounds it."""
    if rows.empty:
        return NOTHING, ""
    if seeds > 1:
        return _spread(rows["value"].to_numpy(np.float64))
    row = rows.iloc[0]
    if pd.isna(row["ci_low"]):
        return score(row["value"]), "no interval"
    return score(row["value"]), f"{score(row['ci_low'])}\u2013{score(row['ci_high'])}"


def _mean(rows: pd.DataFrame, categories: list[str], seeds: int) -> tuple[str, str]:
    """The mean over categories of the seeds that have them all, and its spread over seeds."""
    by_seed = rows.groupby("seed")["value"].agg(["mean", "count"])
    whole = by_seed[by_seed["count"] == len(categories)]["mean"]
    if whole.empty:
        return NOTHING, ""
    return _spread(whole.to_numpy(np.float64)) if seeds > 1 else (score(whole.iloc[0]), "")


def _spread(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[str, str]:
    found = over_seeds(values)
    if found.spread is None:
        return score(found.mean), "one seed"
    return score(found.mean), f"\u00b1 {found.spread:.3f}, n = {found.number}"

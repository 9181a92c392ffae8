"""How long each model trained on each dataset, and against how many images."""

from __future__ import annotations

from typing import cast

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import NOTHING, amount
from iadbe.reporting.results import with_result
from iadbe.reporting.views.table import Table

_CELL = ["dataset", "model", "category"]


def fit_seconds(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Seconds to fit each model in each category, the mean over seeds.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).

    Returns:
        Columns dataset, model, category and seconds; only of cells with a result.
    """
    found = with_result(overall(metrics), runs)
    rows = found[(found["level"] == "system") & (found["metric"] == "fit_seconds")]
    known = rows.dropna(subset=["value"]).rename(columns={"value": "seconds"})
    return known.groupby(_CELL, sort=False)[["seconds"]].mean().reset_index()


def training_times(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Seconds to train each model on all categories of each dataset, one after the other.

    Returns:
        Columns dataset, model, seconds (the sum), `known` and `categories`: of how many
        categories the time is known, and how many there are. A sum over fewer is too small.
    """
    cells = fit_seconds(metrics, runs)
    sums = cells.groupby(["dataset", "model"], sort=False)["seconds"].agg(
        seconds="sum", known="count"
    )
    there = runs.groupby(["dataset", "model"], sort=False)["category"].nunique()
    return cast("pd.DataFrame", sums.join(there.rename("categories")).reset_index())


def seconds_against_images(
    metrics: pd.DataFrame, runs: pd.DataFrame, counts: pd.DataFrame
) -> pd.DataFrame:
    """The rows of `fit_seconds` with how many `images` trained.

    Those of the split train: all of them for a supervised model, the normal ones for the others,
    which are never given any other.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        counts: Of `iadbe.reporting.views.sample_counts.sample_counts`.
    """
    train = counts[counts["split"] == "train"]
    aware = set(runs.loc[runs["supervision"].eq("supervised"), "model"])
    seconds = fit_seconds(metrics, runs)
    supervised = seconds["model"].isin(list(aware))
    normal = _images(train[train["label"] == 0])
    parts = [(seconds[~supervised], normal), (seconds[supervised], _images(train))]
    joined = [rows.merge(images, how="inner", on=["dataset", "category"]) for rows, images in parts]
    return pd.concat(joined, ignore_index=True)


def _images(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.groupby(["dataset", "category"], as_index=False).agg({"images": "sum"})


def times_table(times: pd.DataFrame, order: list[str]) -> Table:
    """A row a model, a column a dataset; `12/15` beside a sum over fewer categories."""
    datasets = [str(name) for name in times["dataset"].unique()]
    known = {(row["model"], row["dataset"]): _shown(row) for _, row in times.iterrows()}
    timed = set(times["model"])
    rows = [
        (model, [known.get((model, dataset), NOTHING) for dataset in datasets])
        for model in order
        if model in timed
    ]
    return Table("Seconds to train on all categories", "Model", datasets, rows)


def _shown(row: pd.Series) -> str:
    part = f" {row['known']}/{row['categories']}" if row["known"] < row["categories"] else ""
    return amount(row["seconds"]) + part

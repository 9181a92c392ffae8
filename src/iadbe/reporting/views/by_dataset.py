"""Models against datasets: the mean of each quality metric."""

from __future__ import annotations

import pandas as pd

from iadbe.reporting.formats import NOTHING
from iadbe.reporting.means import mean
from iadbe.reporting.shown_metrics import BY_KEY
from iadbe.reporting.views.table import Table

METRICS = {
    key: BY_KEY[key].title
    for key in (
        "image_auroc", "image_average_precision", "image_f1_max",
        "pixel_auroc", "pixel_average_precision", "aupro",
    )
}  # fmt: skip
"""The leaderboard's columns that can be switched to, and how they are named."""


def metrics_there(leaderboard: pd.DataFrame) -> list[str]:
    """Those of `METRICS` that some model has."""
    return [key for key in METRICS if leaderboard[key].notna().any()]


def wide(leaderboard: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Means, a row a model, a column a dataset; the best mean of image AUROC first.

    Args:
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
        metric: One of its columns.
    """
    order = leaderboard.groupby("model")["image_auroc"].mean().sort_values(ascending=False)
    table = leaderboard.set_index(["model", "dataset"])[metric].unstack("dataset")  # noqa: PD010
    datasets = list(leaderboard["dataset"].unique())
    return table.reindex(index=list(order.index), columns=datasets).astype(float)


def by_dataset_table(leaderboard: pd.DataFrame, metric: str) -> Table:
    """One metric as text; `12/15` beside a mean over fewer categories."""
    values = wide(leaderboard, metric)
    rows = {(r["model"], r["dataset"]): mean(r, metric) for _, r in leaderboard.iterrows()}
    shown = [
        (str(model), [rows.get((model, dataset), NOTHING) for dataset in values])
        for model in values.index
    ]
    title = f"{METRICS[metric]} of each model on each dataset"
    return Table(title, "Model", [str(name) for name in values], shown)

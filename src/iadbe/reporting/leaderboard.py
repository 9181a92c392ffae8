"""The leaderboard: one row a model of a dataset, ranked by its mean image AUROC.

Seeds are averaged within a category first, then categories, so that a category with more seeds
weighs no more than another.
"""

from __future__ import annotations

from typing import cast

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.results import only_done, with_result, worst
from iadbe.schemas import LeaderboardSchema

METRICS = {
    "image/auroc": "image_auroc",
    "image/average_precision": "image_average_precision",
    "image/f1_max": "image_f1_max",
    "pixel/auroc": "pixel_auroc",
    "pixel/average_precision": "pixel_average_precision",
    "region/aupro": "aupro",
    "region/map50": "map50",
    "region/map50_95": "map50_95",
    "region/precision": "precision",
    "region/recall": "recall",
    "region/f1": "f1",
    "image/false_alarm_rate": "false_alarm_rate",
    "image/miss_rate": "miss_rate",
    "system/fit_seconds": "fit_seconds",
    "system/warm_up_ms": "warm_up_ms",
    "system/latency_p50_ms": "latency_p50_ms",
    "system/latency_p95_ms": "latency_p95_ms",
    "system/throughput_per_s": "throughput_per_s",
    "system/decode_ms": "decode_ms",
    "system/peak_memory_mb": "peak_memory_mb",
    "system/gpu_memory_mb": "gpu_memory_mb",
    "system/model_size_mb": "model_size_mb",
    "system/parameters": "parameters",
    "system/energy_j_per_image": "energy_j_per_image",
    "system/gpu_energy_j_per_image": "gpu_energy_j_per_image",
}
"""The leaderboard's column of each level and metric."""

COSTS = [name for path, name in METRICS.items() if path.startswith("system/")]
"""Columns that say what a model costs, not how good it is."""

SPREAD = ("image_auroc", "pixel_auroc", "aupro")
"""Metrics that also have one column a category, `<metric>.<category>`."""

_MODEL = ["dataset", "model"]
_CAUSES = {"missing": "not run yet", "stale": "its data, code or settings changed since it ran"}


def rank(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Rank the models of each dataset; only cells whose status is `done` count.

    A degenerate cell is shown in the columns of its category, and its costs are true; it has no
    part in a mean of quality, nor in a rank.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).

    Returns:
        A frame for `iadbe.schemas.LeaderboardSchema`, sorted for reading. Ties share a rank.
        Supervised models, which see labels, are ranked among themselves. The rank is null where
        a cell is not done or image AUROC is undefined in a category; a missing value is null.
    """
    values = _by_category(only_done(metrics, runs))
    shown = _by_category(with_result(metrics, runs))
    means = values.groupby(_MODEL).mean().rename_axis(columns=None)
    costs = shown[COSTS].groupby(_MODEL).mean().rename_axis(columns=None)
    board = _progress(runs).join(means.drop(columns=COSTS)).join(costs).join(_spread(shown, runs))
    ranks = _ranks(board, values)
    board = board.reset_index()
    board.insert(0, "rank", ranks.to_numpy())
    return cast("pd.DataFrame", LeaderboardSchema.validate(_sorted(board)))


def _by_category(metrics: pd.DataFrame) -> pd.DataFrame:
    """Mean over seeds: a row a dataset, model and category, a column a metric."""
    whole = overall(metrics)
    named = whole.assign(name=(whole["level"] + "/" + whole["metric"]).map(METRICS))
    cells = named.groupby([*_MODEL, "category", "name"])["value"].mean()
    return cells.unstack("name").reindex(columns=list(METRICS.values())).astype(float)  # noqa: PD010


def _progress(runs: pd.DataFrame) -> pd.DataFrame:
    """Supervision, status and cell counts a model, in the order of the matrix."""
    groups = runs.groupby(_MODEL, sort=False)
    done = runs["status"].eq("done").groupby([runs["dataset"], runs["model"]], sort=False)
    board = pd.DataFrame(
        {
            "supervision": groups["supervision"].first(),
            "status": groups["status"].agg(worst),
            "cells_done": done.sum(),
            "cells": groups.size(),
        }
    )
    return board.join(_causes(runs, board))


def _causes(runs: pd.DataFrame, board: pd.DataFrame) -> pd.DataFrame:
    """Cause and traceback file of each model's first cell that is as bad as its status."""
    named = runs.merge(board["status"].rename("worst").reset_index(), on=_MODEL)
    bad = named[(named["status"] != "done") & (named["status"] == named["worst"])]
    first = bad.drop_duplicates(_MODEL).set_index(_MODEL)
    default = first["status"].map(_CAUSES).fillna("no cause recorded")
    causes = first["cell"] + ": " + first["cause"].fillna(default)
    return pd.DataFrame({"cause": causes, "traceback_file": first["traceback_file"]})


def _spread(values: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The columns `<metric>.<category>`, for every category of the matrix."""
    flat = values.reset_index()
    wide = flat.pivot(index=_MODEL, columns="category", values=list(SPREAD))  # noqa: PD010
    columns = pd.MultiIndex.from_product([SPREAD, runs["category"].unique()])
    wide = wide.reindex(columns=columns)
    wide.columns = [f"{metric}.{category}" for metric, category in columns]
    return wide


def _ranks(board: pd.DataFrame, values: pd.DataFrame) -> pd.Series:
    """Place by mean image AUROC among the finished models of a dataset, supervised apart."""
    defined = values["image_auroc"].groupby(_MODEL).count().reindex(board.index, fill_value=0)
    whole = defined == defined.groupby("dataset").transform("max")
    score = board["image_auroc"].where(whole & (board["status"] == "done")).round(12)
    groups = [board.index.get_level_values("dataset"), board["supervision"].eq("supervised")]
    return score.groupby(groups).rank(method="min", ascending=False).astype("Int64")


def _sorted(board: pd.DataFrame) -> pd.DataFrame:
    """Per dataset: ranked models, ranked supervised models, unranked ones by what they have."""
    order = pd.DataFrame(
        {
            "dataset": pd.factorize(board["dataset"])[0],
            "unranked": board["rank"].isna(),
            "supervised": board["supervision"].eq("supervised"),
            "worse": -board["image_auroc"],
            "model": board["model"],
        }
    )
    return board.loc[order.sort_values(list(order.columns)).index].reset_index(drop=True)

"""The leaderboard: one row a model of a dataset, ranked by its mean image AUROC.

Seeds are averaged within a category first, then categories, so that a category with more seeds
weighs no more than another.
"""

from __future__ import annotations

from typing import cast

import pandas as pd

from iadbe.reporting.averages import COSTS, METRICS, MODEL, QUALITY, averages, shown_by_category
from iadbe.reporting.results import CAUSES, worst
from iadbe.schemas import LeaderboardSchema

__all__ = ["COSTS", "METRICS", "SPREAD", "rank"]

SPREAD = ("image_auroc", "pixel_auroc", "aupro")
"""Metrics that also have one column a category, `<metric>.<category>`."""


def rank(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Rank the models of each dataset; only cells whose status is `done` count.

    A degenerate cell is shown in the column of its category where no other seed is done, and its
    costs are true; it has no part in a mean of quality, nor in a rank. `categories` are those of
    the matrix, `<metric>_categories` those that a mean is over; see `iadbe.reporting.averages`.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).

    Returns:
        A frame for `iadbe.schemas.LeaderboardSchema`, sorted for reading. Ties share a rank.
        Supervised models, which see labels, are ranked among themselves. The rank is null where
        a cell is not done or image AUROC is undefined in a category; a missing value is null.
    """
    means = averages(metrics, runs)
    board = _progress(runs).join(means).join(_spread(shown_by_category(metrics, runs), runs))
    numbers = [*(f"{name}_categories" for name in QUALITY), "seeds"]
    board[numbers] = board[numbers].fillna(0).astype(int)
    ranks = _ranks(board)
    board = board.reset_index()
    board.insert(0, "rank", ranks.to_numpy())
    return cast("pd.DataFrame", LeaderboardSchema.validate(_sorted(board)))


def _progress(runs: pd.DataFrame) -> pd.DataFrame:
    """Supervision, status and counts of cells a model, in the order of the matrix."""
    groups = runs.groupby(MODEL, sort=False)
    done = runs["status"].eq("done").groupby([runs["dataset"], runs["model"]], sort=False)
    board = pd.DataFrame(
        {
            "supervision": groups["supervision"].first(),
            "status": groups["status"].agg(worst),
            "cells_done": done.sum(),
            "cells": groups.size(),
            "categories": groups["category"].nunique(),
        }
    )
    return board.join(_causes(runs, board))


def _causes(runs: pd.DataFrame, board: pd.DataFrame) -> pd.DataFrame:
    """Cause and traceback file of each model's first cell that is as bad as its status."""
    named = runs.merge(board["status"].rename("worst").reset_index(), on=MODEL)
    bad = named[(named["status"] != "done") & (named["status"] == named["worst"])]
    first = bad.drop_duplicates(MODEL).set_index(MODEL)
    default = first["status"].map(CAUSES).fillna("no cause recorded")
    causes = first["cell"] + ": " + first["cause"].fillna(default)
    return pd.DataFrame({"cause": causes, "traceback_file": first["traceback_file"]})


def _spread(values: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The columns `<metric>.<category>`, for every category of the matrix."""
    flat = values.reset_index()
    wide = flat.pivot(index=MODEL, columns="category", values=list(SPREAD))  # noqa: PD010
    columns = pd.MultiIndex.from_product([SPREAD, runs["category"].unique()])
    wide = wide.reindex(columns=columns)
    wide.columns = [f"{metric}.{category}" for metric, category in columns]
    return wide


def _ranks(board: pd.DataFrame) -> pd.Series:
    """Place by mean image AUROC among the finished models of a dataset, supervised apart."""
    counted = board["image_auroc_categories"]
    whole = counted == counted.groupby("dataset").transform("max")
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

"""Ranks and means against cases computed by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from iadbe.reporting.leaderboard import METRICS, rank
from iadbe.schemas import LeaderboardSchema, MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


def board_of(metric_rows, run_rows):
    board = rank(frame(MetricsSchema, metric_rows), frame(RunsSchema, run_rows))
    return board.set_index("model")


def aurocs(**values):
    """A done cell on `fabric` with this image AUROC for each model."""
    metrics = [metric_row(value, model=model) for model, value in values.items()]
    return metrics, [runs_row(model=model) for model in values]


def test_best_mean_auroc_comes_first():
    board = board_of(*aurocs(padim=0.8, patchcore=0.9, stfpm=0.7))
    assert list(board.index) == ["patchcore", "padim", "stfpm"]
    assert list(board["rank"]) == [1, 2, 3]
    assert set(board["status"]) == {"done"}
    assert board["cause"].isna().all()


def test_ties_share_a_rank_and_the_next_one_is_skipped():
    board = board_of(*aurocs(a=0.9, b=0.9, c=0.8))
    assert list(board["rank"]) == [1, 1, 3]


def test_sums_in_another_order_still_tie():
    categories, values = ("x", "y", "z"), (0.1, 0.2, 0.3)
    metrics = [
        metric_row(value, model=model, category=category)
        for model, order in (("a", values), ("b", values[::-1]))
        for category, value in zip(categories, order, strict=True)
    ]
    runs = [runs_row(model=m, category=c) for m in "ab" for c in categories]
    assert list(board_of(metrics, runs)["rank"]) == [1, 1]


def test_seeds_are_averaged_within_a_category_first():
    metrics = [
        metric_row(0.8, category="fabric", seed=0),
        metric_row(0.6, category="fabric", seed=1),
        metric_row(1.0, category="board", seed=0),
    ]
    runs = [runs_row(category=row["category"], seed=row["seed"]) for row in metrics]
    row = board_of(metrics, runs).loc["padim"]
    assert row["image_auroc"] == pytest.approx(0.85)
    assert row["image_auroc.fabric"] == pytest.approx(0.7)
    assert (row["cells_done"], row["cells"]) == (3, 3)


@pytest.mark.parametrize("status", ["failed", "stale", "skipped", "missing"])
def test_only_done_cells_count(status):
    metrics = [metric_row(0.6), metric_row(1.0, category="board"), metric_row(0.5, model="other")]
    runs = [runs_row(), runs_row(category="board", status=status), runs_row(model="other")]
    board = board_of(metrics, runs)
    row = board.loc["padim"]
    assert row["image_auroc"] == pytest.approx(0.6)
    assert pd.isna(row["image_auroc.board"])
    assert pd.isna(row["rank"])
    assert row["status"] == status
    assert (row["cells_done"], row["cells"]) == (1, 2)
    assert list(board.index) == ["other", "padim"], "the unfinished model stands below"


def test_the_status_is_the_worst_and_comes_with_its_cause():
    runs = [
        runs_row(category="a"),
        runs_row(category="b", status="missing"),
        runs_row(category="c", status="failed", cause="out of memory", traceback_file="c.txt"),
        runs_row(category="d", status="stale"),
        runs_row(category="e", status="failed", cause="later"),
    ]
    row = board_of([metric_row(0.9, category="a")], runs).loc["padim"]
    assert row["status"] == "failed"
    assert row["cause"] == "demo.padim.c.s0: out of memory"
    assert row["traceback_file"] == "c.txt"


def test_a_model_that_never_ran_has_a_cause_and_nulls():
    row = board_of([], [runs_row(status="missing", supervision=None)]).loc["padim"]
    assert row["cause"] == "demo.padim.fabric.s0: not run yet"
    assert row[list(METRICS.values())].isna().all()
    assert pd.isna(row["image_auroc.fabric"])


def test_supervised_models_are_ranked_apart():
    metrics, runs = aurocs(padim=0.8, yolo=0.99, zero=0.85, other=0.7)
    runs[1]["supervision"] = runs[3]["supervision"] = "supervised"
    runs[2]["supervision"] = "zero_shot"
    board = board_of(metrics, runs)
    assert list(board.index) == ["zero", "padim", "yolo", "other"]
    assert list(board["rank"]) == [1, 2, 1, 2]


def test_a_model_undefined_in_a_category_where_others_are_not_has_no_rank():
    metrics = [metric_row(0.9, model="a"), metric_row(0.7, model="b")]
    metrics += [metric_row(None, model="a", category="board")]
    metrics += [metric_row(0.7, model="b", category="board")]
    runs = [runs_row(model=m, category=c) for m in "ab" for c in ("fabric", "board")]
    board = board_of(metrics, runs)
    assert board.loc["b", "rank"] == 1
    assert pd.isna(board.loc["a", "rank"])


def test_each_dataset_has_its_own_ranks():
    metrics, runs = aurocs(a=0.9, b=0.8)
    metrics += [row | {"dataset": "other"} for row in metrics]
    runs += [runs_row(dataset="other", model=row["model"]) for row in runs]
    board = rank(frame(MetricsSchema, metrics), frame(RunsSchema, runs))
    assert list(board["rank"]) == [1, 2, 1, 2]
    assert list(board["dataset"]) == ["demo", "demo", "other", "other"]


def test_every_metric_reaches_its_column():
    metrics = [metric_row(n / 100, *key.split("/")) for n, key in enumerate(METRICS, start=1)]
    row = board_of(metrics, [runs_row()]).loc["padim"]
    assert [row[column] for column in METRICS.values()] == pytest.approx(
        [n / 100 for n in range(1, len(METRICS) + 1)]
    )


def test_the_made_up_benchmark(tables):
    board = rank(tables.metrics, tables.runs)
    LeaderboardSchema.validate(board)
    assert list(board["model"]) == ["patchcore", "padim", "brightness", "yolo", "dfkde", "stfpm"]
    assert board["rank"].tolist()[:4] == [1, 2, 3, 1]
    assert board["rank"].isna().tolist() == [False] * 4 + [True] * 2
    assert board.set_index("model").loc["brightness", ["pixel_auroc", "aupro"]].isna().all()


def test_an_empty_matrix_gives_an_empty_board():
    assert board_of([], []).empty


def test_a_degenerate_cell_is_shown_but_neither_ranked_nor_averaged():
    cost = metric_row(3.0, "system", "fit_seconds", model="random")
    metrics = [metric_row(0.8), metric_row(0.99, model="random"), cost]
    board = board_of(metrics, [runs_row(), runs_row(model="random", status="degenerate")])
    assert list(board.index) == ["padim", "random"]
    assert pd.isna(board.loc["random", "rank"])
    assert pd.isna(board.loc["random", "image_auroc"])
    assert board.loc["random", "image_auroc.fabric"] == 0.99
    assert board.loc["random", "fit_seconds"] == 3.0
    assert (board.loc["random", "cells_done"], board.loc["random", "cells"]) == (0, 1)

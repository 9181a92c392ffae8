"""What a mean is over, how far seeds lie apart, and that nothing degenerate has a part in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from iadbe.reporting.averages import QUALITY
from iadbe.reporting.category_table import category_table
from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import SPREAD, rank
from iadbe.reporting.means import complete, mean, over
from iadbe.schemas import CurvesSchema, MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row

CATEGORIES = ("fabric", "part", "board")
JUDGED = ["rank", *QUALITY, *(f"{name}_categories" for name in QUALITY), "image_auroc_spread",
          "seeds", "cells_done"]  # fmt: skip


def board_of(metric_rows, run_rows):
    board = rank(frame(MetricsSchema, metric_rows), frame(RunsSchema, run_rows))
    return board.set_index("model")


def draw_matrix(seed):
    """A random benchmark of some models, categories and seeds; some cells are degenerate."""
    rng = np.random.default_rng(seed)
    models, seeds = "abcde"[: rng.integers(2, 6)], range(rng.integers(1, 4))
    runs, metrics = [], []
    for model in models:
        for category in CATEGORIES:
            for at in seeds:
                status = rng.choice(["done", "degenerate", "failed"], p=[0.75, 0.2, 0.05])
                runs.append(runs_row(model=model, category=category, seed=at, status=status))
                for level, metric in (("image", "auroc"), ("pixel", "auroc"), ("region", "aupro")):
                    value = None if rng.random() < 0.05 else round(rng.uniform(0.5, 1), 2)
                    cell = {"model": model, "category": category, "seed": at}
                    metrics.append(metric_row(value, level, metric, **cell))
    return metrics, runs


@pytest.mark.parametrize("seed", range(5))
def test_a_degenerate_cell_changes_no_rank_and_no_mean(seed):
    """Whatever its values: the same benchmark without its degenerate results is judged the same."""
    metrics, runs = draw_matrix(seed)
    without = [r | {"status": "missing"} if r["status"] == "degenerate" else r for r in runs]
    random = np.random.default_rng(seed)
    bad = {row["cell"] for row in runs if row["status"] == "degenerate"}
    other = [
        row | {"value": random.uniform()}
        if "{dataset}.{model}.{category}.s{seed}".format(**row) in bad
        else row
        for row in metrics
    ]
    expected = board_of(metrics, without)[JUDGED]
    for rows in (metrics, other):
        found = board_of(rows, runs)[JUDGED].loc[expected.index]
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("seed", range(2))
def test_a_degenerate_cell_takes_no_medal_and_is_no_mark_in_a_figure(seed):
    metrics, runs = draw_matrix(seed)
    metrics, runs = frame(MetricsSchema, metrics), frame(RunsSchema, runs)
    board = rank(metrics, runs)
    bad = {(r.model, r.category) for r in runs.itertuples() if r.status == "degenerate"}
    sound = {(r.model, r.category) for r in runs.itertuples() if r.status == "done"}
    for metric in SPREAD:
        table = category_table(metric, board, metrics, runs)
        for model, entries, *_ in table.rows:
            for category, entry in zip(table.categories, entries, strict=False):
                assert not ((model, category) in bad and entry.place)
    values = draw(board, runs, frame(CurvesSchema, []))["demo.heat_map"].data[0]["z"]
    for row, model in enumerate(board["model"]):
        for column, category in enumerate(runs["category"].unique()):
            if (model, category) in bad - sound:
                assert np.isnan(values[row][column])


def test_a_degenerate_seed_is_not_mixed_into_the_value_of_its_category():
    metrics = [metric_row(0.9), metric_row(0.5, seed=1)]
    board = board_of(metrics, [runs_row(), runs_row(seed=1, status="degenerate")])
    row = board.loc["padim"]
    assert (row["image_auroc.fabric"], row["image_auroc"], row["seeds"]) == (0.9, 0.9, 1)
    assert (row["image_auroc_categories"], row["cells_done"], row["cells"]) == (1, 1, 2)
    assert pd.isna(row["rank"])


def test_categories_are_counted_not_cells():
    cells = [(c, s) for c in CATEGORIES for s in (0, 1, 2)]
    runs = [
        runs_row(category=c, seed=s, status="done" if c != "board" else "stale") for c, s in cells
    ]
    metrics = [metric_row(0.9, category=c, seed=s) for c, s in cells]
    row = board_of(metrics, runs).loc["padim"]
    assert (row["image_auroc_categories"], row["categories"]) == (2, 3)
    assert (row["cells_done"], row["cells"]) == (6, 9)
    assert over(row, "image_auroc") == "2/3"
    assert over(row, "aupro") == "", "no mean, nothing to say of it"


def test_the_spread_is_that_of_the_seeds_means():
    values = {0: (0.9, 0.7), 1: (0.8, 0.7), 2: (0.8, 0.9)}
    metrics = [
        metric_row(value, category=category, seed=seed)
        for seed, pair in values.items()
        for category, value in zip(("fabric", "part"), pair, strict=True)
    ]
    runs = [runs_row(category=row["category"], seed=row["seed"]) for row in metrics]
    row = board_of(metrics, runs).loc["padim"]
    assert row["image_auroc"] == pytest.approx(0.8)
    assert row["image_auroc_spread"] == pytest.approx(np.std([0.8, 0.75, 0.85], ddof=1))
    assert row["seeds"] == 3
    assert mean(row, "image_auroc") == "0.800 ± 0.050 (3 seeds)"


def test_one_seed_has_no_spread():
    row = board_of([metric_row(0.9)], [runs_row()]).loc["padim"]
    assert (pd.isna(row["image_auroc_spread"]), row["seeds"]) == (True, 1)
    assert mean(row, "image_auroc") == "0.900"


def test_a_seed_that_lacks_a_category_has_no_part_in_the_spread():
    metrics = [metric_row(0.9, category=c, seed=s) for c in ("x", "y") for s in (0, 1)]
    metrics = [row for row in metrics if (row["category"], row["seed"]) != ("y", 1)]
    runs = [runs_row(category=row["category"], seed=row["seed"]) for row in metrics]
    row = board_of(metrics, [*runs, runs_row(category="y", seed=1, status="failed")]).loc["padim"]
    assert (pd.isna(row["image_auroc_spread"]), row["seeds"]) == (True, 1)


def test_means_over_fewer_categories_are_compared_with_none():
    board = pd.DataFrame({"model": ["a", "b"], "aupro": [0.9, 0.8], "aupro_categories": [2, 3]})
    assert list(complete(board, "aupro")["model"]) == ["b"]
    assert list(complete(board, "fit_seconds")["model"]) == ["a", "b"]

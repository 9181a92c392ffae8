"""Marks of the best and second, and what stands for a missing value."""

from __future__ import annotations

from iadbe.reporting.category_table import category_table
from iadbe.reporting.leaderboard import rank
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


def rows_of(values, supervised=(), degenerate=()):
    metrics = frame(MetricsSchema, [metric_row(v, model=m) for m, v in values.items()])
    kinds = {m: "supervised" if m in supervised else "unsupervised" for m in values}
    states = {m: "degenerate" if m in degenerate else "done" for m in values}
    rows = [runs_row(model=m, supervision=k, status=states[m]) for m, k in kinds.items()]
    runs = frame(RunsSchema, rows)
    table = category_table("image_auroc", rank(metrics, runs), metrics, runs)
    return {row.model: row.entries[0] for row in table.rows}, table


def test_best_and_second_as_printed():
    rows, _ = rows_of({"a": 0.9001, "b": 0.9004, "c": 0.8, "d": 0.7})
    assert {model: entry.place for model, entry in rows.items()} == {
        "a": "best", "b": "best", "c": "second", "d": ""
    }  # fmt: skip


def test_supervised_models_take_no_medal_from_the_others():
    rows, _ = rows_of({"a": 0.8, "b": 0.7, "yolo": 0.99}, supervised={"yolo"})
    assert (rows["a"].place, rows["b"].place, rows["yolo"].place) == ("best", "second", "")


def test_a_degenerate_value_is_shown_and_takes_no_medal():
    rows, _ = rows_of({"a": 0.8, "b": 0.7, "random": 0.99}, degenerate={"random"})
    assert (rows["a"].place, rows["b"].place, rows["random"].place) == ("best", "second", "")
    assert (rows["random"].value, rows["random"].status) == ("0.990", "degenerate")


def test_a_category_of_which_a_seed_is_not_done_takes_no_medal():
    metrics = frame(MetricsSchema, [metric_row(v, model=m) for m, v in (("a", 0.9), ("b", 0.8))])
    rows = [runs_row(model="a"), runs_row(model="a", seed=1, status="failed"), runs_row(model="b")]
    runs = frame(RunsSchema, [*rows, runs_row(model="b", seed=1, status="missing")])
    table = category_table("image_auroc", rank(metrics, runs), metrics, runs)
    assert {entry.place for row in table.rows for entry in row.entries} == {""}


def test_a_mean_over_fewer_categories_says_so_and_takes_no_medal():
    values = {"a": (0.9, 0.9, None), "b": (0.8, 0.8, 0.8), "c": (0.7, 0.7, 0.7)}
    metrics = [metric_row(0.9, model=m, category=c) for m in values for c in "xyz"]
    metrics += [
        metric_row(value, "region", "aupro", model=model, category=category)
        for model, column in values.items()
        for category, value in zip("xyz", column, strict=True)
    ]
    runs = frame(RunsSchema, [runs_row(model=m, category=c) for m in values for c in "xyz"])
    metrics = frame(MetricsSchema, metrics)
    table = category_table("aupro", rank(metrics, runs), metrics, runs)
    means = {row.model: row.entries[-1] for row in table.rows}
    assert {m: (e.value, e.over, e.place) for m, e in means.items()} == {
        "a": ("0.900", "2/3", ""), "b": ("0.800", "", "best"), "c": ("0.700", "", "second")
    }  # fmt: skip


def test_an_interval_is_told_of_a_single_cell_and_never_of_a_mean():
    sure = {"ci_low": 0.81, "ci_high": 0.9512}
    seeds = [metric_row(0.9, seed=seed, model="seeds") | sure for seed in (0, 1)]
    metrics = frame(MetricsSchema, [metric_row(0.9) | sure, metric_row(0.8, model="b"), *seeds])
    runs = [runs_row(), runs_row(model="b"), *(runs_row(model="seeds", seed=s) for s in (0, 1))]
    runs = frame(RunsSchema, runs)
    table = category_table("image_auroc", rank(metrics, runs), metrics, runs)
    intervals = {model: [entry.interval for entry in entries] for model, entries, *_ in table.rows}
    assert intervals == {"padim": ["0.810 to 0.951", ""], "b": ["", ""], "seeds": ["", ""]}
    assert table.has_intervals


def test_an_undefined_value_says_why(tables):
    table = category_table("aupro", rank(tables.metrics, tables.runs), tables.metrics, tables.runs)
    assert table.notes == [
        "brightness (fabric, machined_part, board): the model gives no anomaly maps"
    ]

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
    return {model: entries[0] for model, entries in table.rows}, table


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


def test_an_undefined_value_says_why(tables):
    table = category_table("aupro", rank(tables.metrics, tables.runs), tables.metrics, tables.runs)
    assert table.notes == [
        "brightness (fabric, machined_part, board): the model gives no anomaly maps"
    ]

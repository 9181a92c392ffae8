"""What models cost, as the report shows it."""

from __future__ import annotations

from iadbe.reporting.cost_table import cost_table
from iadbe.reporting.leaderboard import COSTS, rank
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


def board(*metrics):
    runs = [runs_row(), runs_row(model="yolo")]
    return rank(frame(MetricsSchema, list(metrics)), frame(RunsSchema, runs))


def test_a_row_a_model_that_ran_and_a_column_a_cost_that_is_known():
    found = cost_table(
        board(
            metric_row(0.9),
            metric_row(12.34, "system", "latency_p50_ms"),
            metric_row(13_341_941.0, "system", "parameters"),
        )
    )
    assert [column.title for column in found.columns] == ["Median, ms", "Numbers, M"]
    assert found.rows == [("padim", ["12.3", "13.3"])]


def test_what_one_of_two_models_does_not_tell_is_no_zero():
    found = cost_table(
        board(
            metric_row(5.0, "system", "fit_seconds"),
            metric_row(5.0, "system", "fit_seconds", model="yolo"),
            metric_row(0.0, "system", "energy_j_per_image"),
        )
    )
    assert dict(found.rows) == {"padim": ["5.00", "0"], "yolo": ["5.00", "\u2013"]}


def test_every_cost_of_the_leaderboard_is_shown():
    values = [metric_row(1.0, "system", name) for name in COSTS]
    assert sorted(column.key for column in cost_table(board(*values)).columns) == sorted(COSTS)


def test_without_a_result_there_is_no_row():
    assert cost_table(board()) == ([], [])

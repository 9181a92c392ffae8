from iadbe.reporting.leaderboard import rank
from iadbe.reporting.operation_table import operation_rows
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


def rows_of(runs, metrics):
    runs, metrics = frame(RunsSchema, runs), frame(MetricsSchema, metrics)
    return operation_rows(rank(metrics, runs), metrics, runs)


def rates(alarms, misses, **cell):
    return [
        metric_row(alarms, metric="false_alarm_rate", **cell) | {"n": 20},
        metric_row(misses, metric="miss_rate", **cell) | {"n": 60},
        metric_row(0.05, metric="requested_false_alarm_rate", **cell),
        metric_row(1 / 13, metric="guaranteed_false_alarm_rate", **cell),
        metric_row(0.9, **cell),
    ]


def test_parts_are_counted_over_the_categories_with_an_exact_interval():
    runs = [runs_row(), runs_row(category="board")]
    (row,) = rows_of(runs, [*rates(0.1, 0.05), *rates(0.0, 0.0, category="board")])
    assert (row.requested, row.guaranteed) == ("50.0", "76.9")
    assert row.false_alarms == "50.0 (6.11–169), 2 of 40"
    assert row.misses == "25.0 (5.19–71.3), 3 of 120"
    assert (row.categories, row.leakage) == (2, "none")


def test_seeds_judge_the_same_parts_so_they_do_not_add_up():
    runs = [runs_row(seed=seed) for seed in (0, 1)]
    (row,) = rows_of(runs, [*rates(0.1, 0.05), *rates(0.2, 0.05, seed=1)])
    assert row.false_alarms.endswith("3 of 20")


def test_without_a_threshold_or_a_result_there_is_no_row():
    runs = [runs_row(), runs_row(model="stfpm", status="failed")]
    assert rows_of(runs, [metric_row(0.9), *rates(0.1, 0.1, model="stfpm")]) == []


def test_what_the_threshold_saw_is_said():
    metrics = [row | {"leakage": "threshold"} for row in rates(0.1, 0.05)]
    (row,) = rows_of([runs_row()], metrics)
    assert row.leakage == "threshold"

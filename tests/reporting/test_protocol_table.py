from iadbe.reporting.leaderboard import rank
from iadbe.reporting.protocol_table import METRICS, Counterpart, protocol_rows
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


def beside(mine, theirs, protocol="clean"):
    runs = frame(RunsSchema, [runs_row(), runs_row(category="board")])
    metrics = frame(MetricsSchema, mine)
    other = Counterpart(frame(MetricsSchema, theirs), protocol)
    return protocol_rows(rank(metrics, runs), metrics, other)


def test_clean_is_left_whichever_protocol_the_report_is_of():
    clean, paper = [metric_row(0.9)], [metric_row(0.95)]
    for row in (*beside(clean, paper), *beside(paper, clean, protocol="paper")):
        assert row.entries[0] == ("0.900", "0.950")
        assert row.entries[1] == ("–", "–")
        assert len(row.entries) == len(METRICS)


def test_only_cells_that_finished_under_both_are_compared():
    clean = [metric_row(0.9), metric_row(0.5, category="board")]
    (row,) = beside(clean, [metric_row(0.95)])
    assert (row.cells, row.entries[0]) == (1, ("0.900", "0.950"))


def test_the_gravest_stamp_of_each_side_is_named():
    oracle = metric_row(0.1, metric="miss_rate") | {"leakage": "threshold"}
    (row,) = beside([metric_row(0.9)], [metric_row(0.95), oracle])
    assert row.leakage == ("none", "threshold")


def test_without_a_counterpart_there_is_nothing_to_show():
    assert beside([metric_row(0.9)], []) == []

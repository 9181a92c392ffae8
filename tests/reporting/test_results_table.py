"""The leaderboard as Markdown."""

from __future__ import annotations

from iadbe.reporting.leaderboard import rank
from iadbe.reporting.results_table import results_table
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


def test_a_line_a_model_with_what_it_reads():
    metrics = [
        metric_row(0.9),
        metric_row(12.5, "system", "fit_seconds"),
        metric_row(0.8, model="yolo"),
    ]
    runs = [runs_row(), runs_row(model="yolo", supervision="supervised")]
    board = rank(frame(MetricsSchema, metrics), frame(RunsSchema, runs))
    lines = results_table(board, {"padim": ["timm/resnet18"]}).splitlines()
    assert lines[0].startswith("| model | status | image AUROC |")
    assert lines[2] == "| `padim` | done | 0.900 | – | – | 12.5 | – | – | – | timm/resnet18 |"
    assert lines[3] == "| `yolo` \\* | done | 0.800 | – | – | – | – | – | – | – |"
    assert lines[5] == "\\* supervised: saw labelled defects; the others did not."

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


def test_a_mean_says_over_how_many_categories_and_seeds_it_is():
    metrics = [
        metric_row(value + 0.01 * seed, model=model, category=category, seed=seed)
        for model, value in (("full", 0.8), ("part", 0.9))
        for category in "xy"
        for seed in (0, 1)
        if (model, category) != ("part", "y")
    ]
    runs = [
        runs_row(
            model=m, category=c, seed=s, status="failed" if (m, c) == ("part", "y") else "done"
        )
        for m in ("full", "part")
        for c in "xy"
        for s in (0, 1)
    ]
    board = rank(frame(MetricsSchema, metrics), frame(RunsSchema, runs))
    lines = results_table(board, {}).splitlines()
    assert "| 0.805 ± 0.007 (2 seeds) |" in lines[2]
    assert "| 0.905 ± 0.007 (2 seeds) 1/2 |" in lines[3]
    assert lines[5] == "12/15: a mean over 12 of 15 categories, not ranked against full ones."

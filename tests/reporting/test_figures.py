"""Figures show finished cells only, in colours that stay with a model."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from iadbe.reporting.figures import draw, model_styles
from iadbe.reporting.figures.labels import place_labels
from iadbe.reporting.leaderboard import rank
from iadbe.schemas import CurvesSchema, MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row


@pytest.fixture(scope="module")
def figures(tables):
    return draw(rank(tables.metrics, tables.runs), tables.runs, tables.curves)


def test_one_set_of_figures_a_dataset(figures):
    assert set(figures) == {"demo.heat_map", "demo.bars", "demo.roc", "demo.cost"}


def test_holes_of_the_heat_map_say_their_status(figures):
    holes = figures["demo.heat_map"].data[1]
    assert sorted(holes.text) == ["failed", "missing", "stale"]


def test_a_stale_cell_has_no_roc_curve(figures):
    axes = {trace.xaxis for trace in figures["demo.roc"].data if trace.name == "dfkde"}
    assert axes == {"x"}, "fabric is done, machined part is stale, board is missing"


def test_a_model_keeps_its_colour(figures, tables):
    styles = model_styles(tables.runs)
    for name in ("demo.bars", "demo.cost", "demo.roc"):
        for trace in figures[name].data:
            if trace.name in styles:
                drawn = trace.line.color if name == "demo.roc" else trace.marker.color
                assert drawn == styles[trace.name].colour


def test_supervised_and_unfinished_models_have_their_own_marks(figures):
    symbols = {trace.name: trace.marker.symbol for trace in figures["demo.cost"].data}
    assert symbols["yolo"] == "diamond"
    assert symbols["stfpm"].endswith("-open")
    assert symbols["padim"] == "circle"


def test_more_models_than_colours_stay_distinct(tables):
    rows = tables.runs.iloc[[0] * 16].assign(model=[f"m{n:02d}" for n in range(16)])
    assert len(set(model_styles(rows).values())) == 16


def test_nothing_done_draws_empty_figures(empty_tables):
    board = rank(empty_tables.metrics, empty_tables.runs)
    assert len(draw(board, empty_tables.runs, empty_tables.curves)) == 4


def test_labels_of_crowded_marks_do_not_overlap():
    points = [(0.5 + 0.02 * n, 0.8 - 0.03 * n) for n in range(6)]
    names = ["patchcore"] * len(points)
    centres = [
        (380 * x + dx, 240 * (1 - y) + dy)
        for (x, y), (dx, dy) in zip(points, place_labels(points, names), strict=True)
    ]
    for (x, y), (other_x, other_y) in itertools.combinations(centres, 2):
        assert abs(x - other_x) > 60 or abs(y - other_y) > 14


def test_a_degenerate_cell_is_a_hole():
    metrics = frame(MetricsSchema, [metric_row(0.8), metric_row(0.9, category="board")])
    rows = [runs_row(), runs_row(category="board", status="degenerate")]
    runs = frame(RunsSchema, rows)
    heat = draw(rank(metrics, runs), runs, frame(CurvesSchema, []))["demo.heat_map"]
    assert heat.data[0].z[0][0] == 0.8
    assert np.isnan(heat.data[0].z[0][1])
    assert list(heat.data[1].text) == ["degenerate"]

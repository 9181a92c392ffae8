"""Trained on against tested on."""

from __future__ import annotations

import numpy as np
import pytest

from iadbe.reporting.figures import transfer_map
from iadbe.reporting.transfer_table import transfer_tables
from iadbe.schemas import MetricsSchema, RunsSchema, TransferSchema

from .made_up import frame, metric_row, runs_row


def transfer_row(value, trained, tested, *, model="padim", seed=0, reason=None):
    cell = {"dataset": "demo", "model": model, "category": trained, "seed": seed}
    found = {"tested_on": tested, "metric": "auroc", "value": value, "n": 9, "reason": reason}
    return dict.fromkeys(TransferSchema.to_schema().columns) | cell | found


@pytest.fixture
def tables():
    """Two seeds, one category not transferred, and a model that was never."""
    seeds, categories = (0, 1), ("fabric", "board", "part")
    runs = [runs_row(category=c, seed=s) for c in categories for s in seeds]
    runs.append(runs_row(model="dfkde"))
    metrics = [metric_row(0.9 + s / 100, category=c, seed=s) for c in categories for s in seeds]
    transfers = [
        transfer_row(0.6, "fabric", "part"),
        transfer_row(0.8, "fabric", "part", seed=1),
        transfer_row(0.4, "fabric", "board"),
        transfer_row(None, "board", "fabric", reason="out of memory"),
    ]
    return transfer_tables(
        frame(TransferSchema, transfers), frame(MetricsSchema, metrics), frame(RunsSchema, runs)
    )


def test_a_matrix_has_the_means_over_seeds_and_its_own_cells_on_the_diagonal(tables):
    (table,) = tables
    assert (table.dataset, table.model) == ("demo", "padim")
    assert list(table.aurocs.columns) == ["fabric", "board", "part"]
    assert list(table.aurocs.index) == ["fabric", "board"]
    expected = [[0.905, 0.4, 0.7], [np.nan, 0.905, np.nan]]
    np.testing.assert_allclose(table.aurocs.to_numpy(), expected)
    assert table.reasons == {("board", "fabric"): "out of memory"}


def test_cells_that_are_not_done_have_no_part():
    runs = [runs_row(status="stale"), runs_row(category="part", status="degenerate")]
    transfers = [transfer_row(0.6, "fabric", "part"), transfer_row(0.6, "part", "fabric")]
    given = frame(TransferSchema, transfers), frame(MetricsSchema, []), frame(RunsSchema, runs)
    assert transfer_tables(*given) == []


def test_without_transfers_there_is_no_table():
    given = frame(TransferSchema, []), frame(MetricsSchema, []), frame(RunsSchema, [runs_row()])
    assert transfer_tables(*given) == []


def test_the_map_prints_values_hatches_holes_and_frames_the_diagonal(tables):
    figure = transfer_map(tables[0])
    cells, holes = figure.data
    assert cells.z.shape == (2, 3)
    assert cells.zmin == 0.4
    assert cells.texttemplate == "%{z:.3f}"
    assert cells.customdata[0][1] == "padim trained on fabric, tested on board"
    assert list(holes.text) == ["failed or undefined", "missing"]
    frames = [(shape.x0 + 0.49, shape.y0 + 0.47) for shape in figure.layout.shapes]
    np.testing.assert_allclose(frames, [(0, 0), (1, 1)])

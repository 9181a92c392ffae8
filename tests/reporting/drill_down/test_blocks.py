"""What the page is given to look into cells."""

from __future__ import annotations

import json

import pytest

from iadbe.reporting.drill_down.blocks import drill_down


@pytest.fixture(scope="module")
def deep(miniature):
    return drill_down(miniature.runs, miniature.metrics, miniature.examples, miniature.details)


def content(blocks, name):
    return json.loads({block.id: str(block.content) for block in blocks}[name])


def test_every_cell_and_category_has_a_block(deep, miniature):
    assert [block.id for block in deep.cells] == [f"cell:{cell}" for cell in miniature.runs["cell"]]
    assert {block.id for block in deep.categories} == {
        f"category:demo.{category}" for category in ("fabric", "part", "board")
    }


def test_scores_stand_at_the_place_of_their_sample(deep, miniature):
    samples = content(deep.categories, "category:demo.board")["samples"]
    scores = content(deep.cells, "cell:demo.padim_lite0.board.s0")["scores"]
    stored = miniature.details.scores.query("model == 'padim_lite0' and category == 'board'")
    known = stored.set_index("sample_id")
    for (name, label, defect_type, size), value in zip(samples, scores, strict=True):
        row = known.loc[name]
        assert (label, defect_type) == (row["label"], row["defect_type"])
        assert size in {"", "small", "medium", "large"}
        assert value == pytest.approx(row["image_score"], rel=1e-5)


def test_counts_at_the_stored_threshold_are_those_of_the_metrics(deep, miniature):
    """The page counts with what it is given; the metrics were computed from the maps' cell."""
    metrics = miniature.metrics
    for run in miniature.runs.itertuples():
        cell = content(deep.cells, f"cell:{run.cell}")
        samples = content(deep.categories, f"category:demo.{run.category}")["samples"]
        above = [value > cell["threshold"][0] for value in cell["scores"]]
        normal = [up for up, sample in zip(above, samples, strict=True) if sample[1] == 0]
        own = metrics[(metrics["model"] == run.model) & (metrics["category"] == run.category)]
        rate = own[(own["metric"] == "false_alarm_rate")]["value"].iloc[0]
        assert sum(normal) / len(normal) == pytest.approx(rate)


def test_the_intervals_are_the_exact_ones(deep, miniature):
    intervals = content(deep.categories, "category:demo.fabric")["intervals"]
    assert [len(ends) for ends in intervals] == [21, 31]
    own = miniature.metrics.query("metric == 'miss_rate' and defect_type.isna()")
    row = own[own["defect_size"].isna()].query("category == 'fabric'").iloc[0]
    low, high = intervals[1][round(row["value"] * 30)]
    assert (low, high) == pytest.approx((row["ci_low"], row["ci_high"]), abs=1e-4)


def test_the_record_of_a_cell_has_its_command_and_weights(deep):
    told = dict(content(deep.cells, "cell:demo.padim_lite0.fabric.s0")["provenance"])
    assert told["to repeat"][0][1].startswith("kedro run --params datasets=demo,models=padim_lite0")
    assert ["file", "efficientnet-lite0-57934424.pth"] in told["weights"]

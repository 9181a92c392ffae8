"""Views that compare models and datasets: what they count, sum and scale."""

from __future__ import annotations

import pytest

from iadbe.reporting.figures.style import FIRST, MOST, model_styles
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.views.by_dataset import by_dataset_table, wide
from iadbe.reporting.views.compare import compare_views
from iadbe.reporting.views.model_sizes import model_sizes
from iadbe.reporting.views.radar_axes import radar_axes
from iadbe.reporting.views.sample_counts import counts_table, datasets_table, sample_counts
from iadbe.reporting.views.training_times import (
    seconds_against_images,
    times_table,
    training_times,
)
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row
from .made_up_many import MODELS, SIZES, make_many, make_samples, part


@pytest.fixture(scope="module")
def many():
    return make_many()


@pytest.fixture(scope="module")
def samples():
    return make_samples()


@pytest.fixture(scope="module")
def views(many, samples):
    return compare_views(rank(many.metrics, many.runs), many.metrics, many.runs, samples)


def cost(name, value, **cell):
    return metric_row(value, "system", name, **cell)


def tables_of(metrics, runs):
    return frame(MetricsSchema, metrics), frame(RunsSchema, runs)


def test_images_are_counted_by_category_split_and_label(samples):
    counts = sample_counts(samples)
    assert counts["images"].sum() == len(samples)
    row = counts.query("dataset == 'btech' and category == 'part_01' and split == 'test'")
    own = samples.query("dataset == 'btech' and category == 'part_01' and split == 'test'")
    assert dict(zip(row["label"], row["images"], strict=True)) == {
        label: (own["label"] == label).sum() for label in (0, 1)
    }


def test_the_table_of_a_dataset_adds_up(samples):
    counts = sample_counts(samples[samples["dataset"] == "btech"])
    table = counts_table(counts)
    assert table.columns == [
        "train, normal", "validation, normal", "test, normal", "test, anomalous", "All", "Share",
    ]  # fmt: skip
    *categories, (last, whole) = table.rows
    assert (last, whole[-1]) == ("all", "100.0 %")
    assert (
        sum(int(entries[-2]) for _, entries in categories)
        == int(whole[-2])
        == counts["images"].sum()
    )


def test_the_table_of_datasets_names_their_categories(samples):
    rows = dict(datasets_table(sample_counts(samples)).rows)
    assert {name: int(entries[0]) for name, entries in rows.items()} == SIZES
    assert sum(float(entries[-1].split()[0]) for entries in rows.values()) == pytest.approx(
        100, 0.01
    )


def test_training_times_add_up_over_categories_and_average_over_seeds():
    runs = [runs_row(seed=0), runs_row(seed=1), runs_row(category="board")]
    metrics = [cost("fit_seconds", 10), cost("fit_seconds", 20, seed=1)]
    times = training_times(*tables_of([*metrics, cost("fit_seconds", 5, category="board")], runs))
    assert times.to_dict("records") == [
        {"dataset": "demo", "model": "padim", "seconds": 20, "known": 2, "categories": 2}
    ]


def test_a_sum_over_fewer_categories_says_so_and_is_hollow(many):
    times = training_times(many.metrics, many.runs)
    rows = dict(times_table(times, list(MODELS)).rows)
    assert rows["dsr"][1].endswith(" 11/12")
    assert "/" not in "".join(rows["padim"])


def test_what_is_stale_took_no_time():
    metrics, runs = tables_of([cost("fit_seconds", 10)], [runs_row(status="stale")])
    assert training_times(metrics, runs).empty


def test_time_stands_against_the_images_that_trained(many, samples):
    counts = sample_counts(samples)
    points = seconds_against_images(many.metrics, many.runs, counts)
    assert len(points) == 16 * 41 - 1
    at = points.query("model == 'padim' and dataset == 'visa' and category == 'part_02'").iloc[0]
    train = samples.query("dataset == 'visa' and category == 'part_02' and split == 'train'")
    assert at["images"] == len(train)


def test_model_sizes_come_smallest_first_with_their_range():
    runs = [runs_row(model=m, category=c) for m in ("big", "small") for c in ("a", "b")]
    metrics = [cost("model_size_mb", v, model=m, category=c)
               for m, c, v in [("big", "a", 90), ("big", "b", 110), ("small", "a", 1)]]  # fmt: skip
    assert model_sizes(*tables_of(metrics, runs)).to_dict("records") == [
        {"model": "small", "mean": 1, "least": 1, "most": 1},
        {"model": "big", "mean": 100, "least": 90, "most": 110},
    ]


def test_models_against_datasets_keep_means_and_say_over_how_many(many):
    board = rank(many.metrics, many.runs)
    values = wide(board, "image_auroc")
    assert values.shape == (16, 5)
    own = board.query("model == 'padim' and dataset == 'visa'").iloc[0]
    assert values.loc["padim", "visa"] == own["image_auroc"]
    assert dict(by_dataset_table(board, "aupro").rows)["dsr"][1].endswith(" 11/12")


def test_the_radar_keeps_quality_and_scales_costs_by_the_cheapest():
    runs = [runs_row(model=m) for m in ("cheap", "dear", "untimed")]
    metrics = [metric_row(v, model=m) for m, v in [("cheap", 0.8), ("dear", 0.9), ("untimed", 0.7)]]
    for name in ("latency_p50_ms", "model_size_mb"):
        metrics += [cost(name, 10, model="cheap"), cost(name, 40, model="dear")]
    scaled = radar_axes(rank(*tables_of(metrics, runs))).scaled
    assert scaled.loc["dear", "image_auroc"] == 0.9
    assert scaled.loc["cheap", "latency_p50_ms"] == 1
    assert scaled.loc["dear", "latency_p50_ms"] == 0.25
    assert scaled.loc["untimed"].isna().sum() == 2


def test_a_radar_needs_three_axes():
    assert radar_axes(rank(*tables_of([metric_row(0.9)], [runs_row()]))) is None


def test_the_radar_never_puts_what_is_not_known_in_its_centre(tables):
    drawn = compare_views(rank(tables.metrics, tables.runs), tables.metrics, tables.runs).radar
    line = next(trace for trace in drawn.figure.data if trace.name == "brightness")
    assert None in line.r
    assert 0 not in line.r


def test_figures_hold_all_models_and_show_a_few(views, many):
    styles = model_styles(many.runs)
    for view in (views.radar, views.time_against_size):
        names = [trace.name for trace in view.figure.data]
        assert set(names) == set(MODELS)
        shown = {trace.name for trace in view.figure.data if trace.visible}
        assert shown == set(view.first)
        assert {trace.marker.symbol for trace in view.figure.data} <= {
            s.symbol for s in styles.values()
        }
        assert len(view.first) == FIRST < views.most == MOST


def test_a_mark_of_an_incomplete_sum_is_hollow(views):
    marks = next(t for t in views.training_time.figure.data if t.name == "visa")
    symbols = dict(zip(marks.y, marks.marker.symbol, strict=True))
    assert [model for model, symbol in symbols.items() if symbol.endswith("-open")] == ["dsr"]


def test_bars_of_images_reach_what_was_counted(views, samples):
    total = sum(sum(bar.x) for bar in views.sizes_of_data.figure.data)
    assert total == len(samples)
    assert set(views.data_by_category) == set(SIZES)


def test_the_heat_map_has_a_trace_a_metric_and_shows_the_first(views):
    traces = views.models_datasets.figure.data
    assert [trace.name for trace in traces] == list(views.metrics)
    assert [trace.visible for trace in traces] == [True] + [False] * (len(traces) - 1)


def test_one_dataset_has_its_views_and_nothing_done_has_none(many, samples, empty_tables):
    one = part(many, "kolektor")
    views = compare_views(
        rank(one.metrics, one.runs),
        one.metrics,
        one.runs,
        samples[samples["dataset"] == "kolektor"],
    )
    assert all(view is not None for view in views)
    board = rank(empty_tables.metrics, empty_tables.runs)
    nothing = compare_views(board, empty_tables.metrics, empty_tables.runs)
    assert [nothing.training_time, nothing.model_sizes, nothing.radar, nothing.models_datasets] == [
        None
    ] * 4


def test_only_a_supervised_model_trains_on_anomalous_images(many, samples):
    some = samples["split"].eq("test") & samples["label"].eq(1)
    moved = sample_counts(samples.assign(split=samples["split"].mask(some, "train")))
    points = seconds_against_images(many.metrics, many.runs, moved)
    own = points.query("dataset == 'btech' and category == 'part_00'").set_index("model")["images"]
    train = samples.query("dataset == 'btech' and category == 'part_00' and split == 'train'")
    assert own["padim"] == len(train) < own["yolov8"]

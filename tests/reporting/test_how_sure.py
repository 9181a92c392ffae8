"""The report says whether models differ, on how many categories, and how sure each value is."""

from __future__ import annotations

import re

import numpy as np
import pytest

from iadbe.reporting.certainty_table import certainty_table
from iadbe.reporting.figures import draw, draw_ranks
from iadbe.reporting.how_sure import how_sure
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row

MODELS = ("good", "better", "best")


def benchmark(categories=12, seeds=1, supervised=(), *, interval=True, failed=()):
    """Models in the same order in all categories, but for some noise."""
    rng = np.random.default_rng(0)
    runs, metrics = [], []
    for place, model in enumerate(MODELS):
        for category in (f"c{n:02d}" for n in range(categories)):
            for seed in range(seeds):
                cell = {"model": model, "category": category, "seed": seed}
                status = "failed" if (model, category) in failed else "done"
                kind = "supervised" if model in supervised else "unsupervised"
                runs.append(runs_row(**cell, status=status, supervision=kind))
                value = 0.7 + 0.1 * place + rng.normal(0, 0.02)
                row = metric_row(value, **cell)
                if interval:
                    row |= {"ci_low": value - 0.05, "ci_high": value + 0.03}
                metrics.append(row)
    return frame(MetricsSchema, metrics), frame(RunsSchema, runs)


def test_models_that_differ_are_said_to():
    found = how_sure(*benchmark())
    assert found.sentence.startswith("On the 12 categories that all 3 models completed, image")
    assert "differs beyond chance (p < 0.001, Iman–Davenport)" in found.sentence
    assert "3 of 3 pairs" in found.sentence
    first = found.tests[0]
    assert (first.metric, first.models, first.categories) == ("Image AUROC", "3", "12/12")
    assert first.friedman.startswith("χ²(2) = ")
    assert first.iman_davenport.startswith(("F(2, 22) = ", "infinite"))
    assert first.verdict == "yes"
    assert [pair.differ for pair in found.pairs] == [True] * 3
    assert (found.pairs[0].first, found.pairs[0].record) == ("best", "12–0–0")
    assert found.drawn
    assert found.least_p is None


def test_what_was_left_out_is_said():
    failed = {("good", f"c{n:02d}") for n in range(8)} | {("best", "c11")}
    found = how_sure(*benchmark(failed=failed))
    assert found.left_out == ["good completed 4 of 12 categories"]
    assert found.sentence.startswith("On the 11 of 12 categories that both models completed")
    assert found.tests[0].categories == "11/12"


def test_a_metric_without_values_has_a_reason():
    found = how_sure(*benchmark())
    assert found.tests[1].metric == "Pixel AUROC"
    assert found.tests[1].friedman == "–"
    assert found.tests[1].verdict == "no model has enough results"


def test_few_categories_go_by_permutation_and_cannot_tell_pairs_apart():
    found = how_sure(*benchmark(categories=4))
    assert "by permutation" in found.sentence
    assert "none of 3 pairs" in found.sentence
    assert found.least_p == "0.125"


def test_two_categories_are_not_compared():
    found = how_sure(*benchmark(categories=2))
    assert found.sentence == (
        "The models cannot be compared: all 3 models completed 2 categories together, 3 are needed."
    )
    assert not found.drawn


def test_supervised_models_have_lines_of_their_own():
    found = how_sure(*benchmark(supervised=("better", "best")))
    assert [row.metric for row in found.tests[3:]] == [
        "Image AUROC, supervised",
        "Pixel AUROC, supervised",
        "AUPRO, supervised",
    ]
    assert found.tests[3].models == "2"
    alone = how_sure(*benchmark(supervised=MODELS))
    assert (len(alone.tests), alone.tests[0].models) == (3, "3")


def test_one_seed_has_intervals_and_several_a_spread():
    one = certainty_table(*benchmark(categories=3))
    model, entries = one.rows[0]
    assert (model, one.seeds, len(entries)) == ("good", 1, 4)
    assert re.fullmatch(r"0\.6\d\d–0\.7\d\d", entries[0][1])
    assert entries[-1][1] == ""
    several = certainty_table(*benchmark(categories=3, seeds=4))
    assert several.seeds == 4
    for _, around in several.rows[0][1]:
        assert re.fullmatch(r"± 0\.0\d\d, n = 4", around)


def test_unknown_is_not_shown_as_certain():
    assert certainty_table(*benchmark(interval=False)) is None
    table = certainty_table(*benchmark(categories=3, failed={("best", "c01")}))
    assert table.rows[2][1][1] == ("–", "")
    assert table.rows[2][1][3] == ("–", ""), "the mean over fewer categories is no mean"


def rendered(metrics, runs, empty_tables):
    board = rank(metrics, runs)
    figures = draw(board, runs, empty_tables.curves) | draw_ranks(metrics, runs)
    return render("demo", board, metrics, runs, empty_tables.examples, figures, {})


def test_the_report_has_the_section_with_its_diagram(empty_tables):
    html = rendered(*benchmark(), empty_tables)
    assert 'id="plot-demo-ranks"' in html
    section = html[html.index('id="demo-sure"') :]
    section = section[: section.index("</section>")]
    assert "differs beyond chance" in section
    assert section.count("<small>") == 36
    assert "over all datasets" not in html


def test_two_datasets_are_compared_together_too(empty_tables):
    metrics, runs = benchmark(categories=2)
    metrics = frame(MetricsSchema, [*_also_as("other", metrics), *metrics.to_dict("records")])
    runs = frame(RunsSchema, [*_also_as("other", runs), *runs.to_dict("records")])
    html = rendered(metrics, runs, empty_tables)
    section = html[html.index('id="all-sure"') :]
    assert "On the 4 categories that all 3 models completed" in section
    assert 'id="plot-all-datasets-ranks"' in section


def _also_as(dataset, table):
    rows = [row | {"dataset": dataset} for row in table.to_dict("records")]
    for row in rows:
        if "cell" in row:
            row["cell"] = row["cell"].replace("demo.", f"{dataset}.")
    return rows


def test_diagrams_of_nothing_say_why(empty_tables):
    figures = draw_ranks(empty_tables.metrics, empty_tables.runs)
    assert set(figures) == {"demo.ranks", "ranks"}
    assert "no model has enough results" in figures["ranks"].layout.annotations[0].text


@pytest.mark.parametrize("p", [0.0004, 0.02])
def test_a_p_value_is_never_0(p):
    from iadbe.reporting.formats import p_value

    assert p_value(p) == {0.0004: "p < 0.001", 0.02: "p = 0.020"}[p]
    assert p_value(p, "") == {0.0004: "< 0.001", 0.02: "0.020"}[p]

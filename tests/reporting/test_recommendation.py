"""The recommended model under limits, who is not told apart from it, and what is said of it."""

from __future__ import annotations

import json

import pytest

from iadbe.benchmark.limits import AnswerLimits
from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.model_cards import CODE_LICENCE, WEIGHTS_LICENCE, ModelCard
from iadbe.reporting.recommendation.decide import front
from iadbe.reporting.recommendation.drawing import pareto_figure
from iadbe.reporting.recommendation.licences import licence_names
from iadbe.reporting.recommendation.pairs import pairs
from iadbe.reporting.recommendation.recommend import recommend, recommend_everywhere
from iadbe.schemas import MetricsSchema, RunsSchema

from .made_up import frame, metric_row, runs_row
from .made_up_many import CARDS, make_many, part


@pytest.fixture(scope="module")
def many():
    return make_many()


def answer(metrics, runs, cards=(), **limits):
    metrics, runs = frame(MetricsSchema, metrics), frame(RunsSchema, runs)
    return recommend(rank(metrics, runs), metrics, runs, cards, limits)


def one(model, auroc, latency=None, *, category="fabric", ends=(None, None), memory=None):
    """The metric rows of one cell."""
    rows = [metric_row(auroc, model=model, category=category)]
    rows[0] |= {"ci_low": ends[0], "ci_high": ends[1]}
    costs = {"latency_p50_ms": latency, "peak_memory_mb": memory}
    system = {name: value for name, value in costs.items() if value is not None}
    return rows + [metric_row(v, "system", k, model=model, category=category)
                   for k, v in system.items()]  # fmt: skip


def runs_of(*models, **more):
    return [runs_row(model=model, **more) for model in models]


THREE = [*one("good", 0.99, 100), *one("fine", 0.95, 20), *one("poor", 0.7, 30)]
NAMES = ("good", "fine", "poor")


def test_without_limits_it_is_the_best_and_the_front_is_what_nothing_beats():
    said = answer(THREE, runs_of(*NAMES))
    assert said.chosen == "good"
    assert said.choice.front == ["good", "fine"]
    assert said.headline == (
        "Take good: the best of 3 unsupervised models, with a mean image AUROC of 0.990 "
        "over 1 category and 100 ms an image."
    )


def test_a_limit_rules_out_the_better_and_says_why():
    said = answer(THREE, runs_of(*NAMES), latency_ms=50)
    assert said.chosen == "fine"
    assert said.verdicts["good"] == "100 ms, over 50"
    assert "Better, but outside the limits: good, 0.990 (100 ms, over 50)." in said.reasons
    assert "the best of 2 unsupervised models within the limits" in said.headline


def test_a_value_at_the_limit_keeps_it():
    assert answer(THREE, runs_of(*NAMES), latency_ms=100).chosen == "good"


def test_what_is_not_known_keeps_no_limit_but_is_no_fault_without_one():
    metrics = [*one("imported", 0.99), *one("fine", 0.9, 20)]
    runs = runs_of("imported", "fine")
    assert answer(metrics, runs).chosen == "imported"
    said = answer(metrics, runs, latency_ms=50, memory_mb=900)
    assert said.chosen is None
    assert said.verdicts["imported"] == "latency not known; memory not known"
    assert said.headline == "None of the 2 unsupervised models keeps the limits."


def test_false_alarms_are_limited_by_what_was_achieved():
    alarms = [metric_row(0.1, metric="false_alarm_rate") | {"n": 20}]
    alarms.append(metric_row(0.05, metric="miss_rate") | {"n": 60})
    metrics = [*one("padim", 0.9, 20), *alarms]
    assert answer(metrics, runs_of("padim"), false_alarms_per_1000=99).chosen is None
    said = answer(metrics, runs_of("padim"), false_alarms_per_1000=100)
    assert said.chosen == "padim"
    assert said.reasons[0].startswith("At its threshold it misses 50.0 (10.4–139) of 1,000 defects")
    assert said.reasons[-1].startswith("That it keeps 100 false alarms per 1,000 is not sure")


def test_licences_of_code_and_weights_are_refused_by_how_they_start():
    cards = [
        ModelCard("good", "Good", None, [(CODE_LICENCE, "AGPL-3.0"), (WEIGHTS_LICENCE, "MIT")])
    ]
    runs = runs_of("good", "fine")
    said = answer([*one("good", 0.99), *one("fine", 0.9)], runs, cards, refused_licences=["agpl"])
    assert (said.chosen, said.verdicts["good"]) == ("fine", "licence AGPL-3.0")
    assert said.licences == ["AGPL-3.0", "MIT", "not stated"]
    refused = answer(THREE, runs_of(*NAMES), cards, refused_licences=["not stated", "GPL-9"])
    assert refused.verdicts["fine"] == "licence not stated"
    assert refused.ignored == ["GPL-9"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Apache-2.0 (timm/resnet18.a1_in1k)", ["Apache-2.0"]),
        ("Apache-2.0+MIT", ["Apache-2.0", "MIT"]),
        ("Apache-2.0; torchvision's detector BSD-3-Clause", ["Apache-2.0", "BSD-3-Clause"]),
        ("DINOv3 License (Meta)", ["DINOv3 License"]),
        ("none needed", []),
        ("none needed; pastes textures of DTD (research only)", ["research only"]),
        ("none is needed from scratch; Ultralytics' own are AGPL-3.0", ["AGPL-3.0"]),
        ("proprietary", ["proprietary"]),
        ("not stated (Anomalib's release of the VQ-VAE)", ["not stated"]),
    ],
)
def test_licences_are_found_in_the_text_of_a_card(text, names):
    assert licence_names(text) == names


def test_a_supervised_model_is_named_beside_the_answer_only_if_it_is_better():
    runs = [*runs_of("fine"), *runs_of("yolo", supervision="supervised")]
    better = answer([*one("fine", 0.9, 9), *one("yolo", 0.95, 9)], runs)
    assert better.chosen == "fine"
    assert "yolo, which saw labelled defects, reaches 0.950." in better.reasons
    assert better.verdicts["yolo"] == "saw labelled defects, judged apart"
    worse = answer([*one("fine", 0.9, 9), *one("yolo", 0.85, 9)], runs)
    assert not any("yolo" in reason for reason in worse.reasons)


def test_a_supervised_model_alone_within_the_limits_is_named_but_not_recommended():
    runs = [*runs_of("fine"), *runs_of("yolo", supervision="supervised")]
    said = answer([*one("fine", 0.9, 90), *one("yolo", 0.8, 9)], runs, latency_ms=10)
    assert said.chosen is None
    assert said.headline == "The only unsupervised model does not keep the limits."
    assert "yolo, which saw labelled defects, keeps the limits with 0.800." in said.reasons


def test_supervised_models_compete_where_there_are_no_others():
    said = answer(one("yolo", 0.8, 9), runs_of("yolo", supervision="supervised"))
    assert said.headline.startswith("Take yolo: the only supervised model, with")


def test_intervals_tell_apart_on_few_categories_and_their_overlap_does_not():
    sharp = [*one("good", 0.99, 9, ends=(0.98, 1)), *one("poor", 0.6, 8, ends=(0.5, 0.7))]
    said = answer(sharp, runs_of("good", "poor"))
    assert said.reasons[1].startswith("It is better than every other one beyond chance (95 %")
    assert said.verdicts["poor"] == "behind, on the front"
    vague = [*one("good", 0.9, 9, ends=(0.8, 1)), *one("poor", 0.85, 8, ends=(0.7, 0.95))]
    said = answer(vague, runs_of("good", "poor"))
    assert said.verdicts["poor"] == "not told apart, on the front"
    assert "Of these, the fastest is poor (8.00 ms an image)." in said.reasons[1]


def test_without_intervals_it_says_that_nothing_can_be_told():
    said = answer(THREE, runs_of(*NAMES))
    assert "Nothing tells whether it is really better than fine, poor." in said.reasons
    assert said.verdicts["fine"] == "not comparable, on the front"


def test_many_categories_are_tested_over():
    tables = part(make_many(), "mvtec_ad")
    said = answer(tables.metrics, tables.runs, CARDS)
    assert any("Wilcoxon over 15 categories, corrected after Holm" in r for r in said.reasons)
    assert "behind" in " ".join(said.verdicts.values())


def test_a_model_that_is_not_ranked_is_neither_taken_nor_on_the_front():
    runs = [*runs_of("good", status="failed"), *runs_of("fine")]
    runs += [runs_row(model=model, category="board") for model in ("good", "fine")]
    metrics = [*one("fine", 0.8, 20), *one("good", 0.99, 1, category="board")]
    said = answer([*metrics, *one("fine", 0.8, 20, category="board")], runs)
    assert (said.chosen, said.choice.front) == ("fine", ["fine"])
    assert said.verdicts["good"] == "not ranked: 1 of 2 cells done"


def test_equals_go_to_the_faster_and_are_one_point_of_the_front():
    metrics = [*one("slow", 0.9, 30), *one("fast", 0.9, 10), *one("untimed", 0.9)]
    said = answer(metrics, runs_of("slow", "fast", "untimed"))
    assert (said.chosen, said.choice.front) == ("fast", ["fast"])
    assert front([]) == []


def test_nothing_done_or_all_degenerate_says_so_and_offers_no_choice(empty_tables):
    board = rank(empty_tables.metrics, empty_tables.runs)
    said = recommend(board, empty_tables.metrics, empty_tables.runs)
    assert said.headline == "No cell is done yet (0 of 3), so there is nothing to rank."
    assert not said.open
    assert pareto_figure(said, {}) is None
    bad = answer(one("good", 0.5, 9), runs_of("good", status="degenerate"))
    assert "the results of 1 model are degenerate" in bad.headline
    assert bad.verdicts["good"] == "not ranked: its results are degenerate"


def test_all_datasets_have_one_answer_in_which_every_category_weighs_the_same(many):
    said = recommend_everywhere(many.metrics, many.runs, CARDS, {"latency_ms": 40})
    best = next(each for each in said.candidates if each.model == said.chosen)
    assert best.categories == 41
    values = many.metrics.query("level == 'image' and metric == 'auroc' and model == @said.chosen")
    assert best.quality == pytest.approx(values["value"].mean())
    one_dataset = part(many, "visa")
    assert recommend_everywhere(one_dataset.metrics, one_dataset.runs) is None


def test_what_the_page_decides_from_is_json_that_cannot_end_its_element():
    cards = [ModelCard("good", "x", None, [(CODE_LICENCE, "</script>")])]
    said = answer(one("good", 0.9), runs_of("good"), cards)
    assert "</script>" not in said.data
    assert json.loads(said.data)["candidates"][0]["licences"] == ["</script>", "not stated"]
    assert json.loads(said.data)["limits"] == AnswerLimits().model_dump(mode="json")


def test_the_figure_marks_front_limits_and_choice():
    runs = frame(RunsSchema, runs_of(*NAMES))
    said = answer(THREE, runs_of(*NAMES), latency_ms=50)
    drawn = pareto_figure(said, model_styles(runs))
    marks = {trace.name: trace for trace in drawn.data}
    assert list(marks["front"].x) == [20]
    assert marks["good"].marker.symbol == "circle-open"
    assert marks["poor"].opacity < marks["fine"].opacity == 1
    assert marks["fine"].marker.size > marks["poor"].marker.size


def test_a_model_is_only_called_better_in_the_direction_that_was_shown():
    tables = part(make_many(), "mvtec_ad")
    names = ["cfa", "ganomaly"]
    judged = pairs(tables.metrics, tables.runs, names, supervised=False)
    assert judged.of("cfa", "ganomaly") == "apart"
    assert judged.of("ganomaly", "cfa") == "close"
    assert judged.of("cfa", "nobody") == "unknown"

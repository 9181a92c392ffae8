import pytest

from iadbe.published import published
from iadbe.scorecard.scorecard import scorecard

from .tables import average, fact, facts_of, metrics_of, run, runs_of, value

BENCHMARK = {"image_size": 256}
LITE = {"args": {"backbone": "tf_efficientnet_lite0"}}


def card(metrics, runs, facts, **benchmark):
    return scorecard(metrics_of(*metrics), runs_of(*runs), facts, BENCHMARK | benchmark)


def test_ours_stand_beside_theirs_with_a_verdict():
    facts = facts_of(fact(0.99, backbone="resnet18"), fact(0.9, metric="pixel_auroc"))
    rows = card([value(0.985), value(0.85, "pixel_auroc")], [run()], facts)
    assert list(rows["verdict"]) == ["reproduced", "off"]
    assert list(rows["difference"]) == pytest.approx([-0.005, -0.05])
    assert rows["differences"].isna().all()


def test_a_variant_is_compared_with_its_model_and_labelled():
    runs = [run("padim_lite0", params=LITE)]
    metrics = [value(0.98, model="padim_lite0")]
    cards = {"padim_lite0": {"variant_of": "padim"}}
    [row] = card(metrics, runs, facts_of(fact(0.994)), cards=cards).itertuples()
    assert (row.model, row.compared_with, row.verdict) == ("padim_lite0", "padim", "near")
    assert row.differences.startswith("another backbone: tf_efficientnet_lite0")
    assert card(metrics, runs, facts_of(fact(0.994))).empty


def test_averages_come_first_and_say_what_is_missing():
    rows = card([value(0.99)], [run()], facts_of(fact(0.99), average(0.99)))
    assert list(rows["category"]) == ["average", "bottle"]
    assert list(rows["verdict"]) == ["not run", "reproduced"]
    assert rows["reason"][0] == "missing: 14 of its 15 categories are not in this benchmark"


def test_only_categories_and_models_of_the_matrix_are_there():
    facts = facts_of(fact(0.9, category="cable"), fact(0.9, model="stfpm"), fact(0.9))
    assert list(card([value(0.9)], [run()], facts)["category"]) == ["bottle"]


def test_a_failed_and_a_degenerate_cell_are_no_comparison():
    facts = facts_of(fact(0.9))
    failed = card([], [run(status="failed", cause="out of memory")], facts)
    assert list(failed["verdict"]) == ["not run"]
    assert list(failed["reason"]) == ["failed: out of memory"]
    random = card([value(0.9)], [run(status="degenerate", cause="random weights")], facts)
    assert list(random["verdict"]) == ["not comparable"]
    assert list(random["reason"]) == ["random weights"]


def test_a_number_printed_twice_is_one_row_and_a_dash_is_none():
    facts = facts_of(fact(0.9), fact(0.9, reference="paper"), fact(None, metric="aupro"))
    assert len(card([value(0.9)], [run()], facts)) == 1


def test_the_tolerances_of_the_benchmark_count():
    tolerances = {"image_auroc": 0.1}
    [row] = card([value(0.85)], [run()], facts_of(fact(0.9)), tolerances=tolerances).itertuples()
    assert (row.verdict, row.tolerance) == ("reproduced", 0.1)


def test_all_that_is_published_fits_the_schema():
    facts = published()
    pairs = facts.loc[facts["category"] != "average", ["dataset", "model", "category"]]
    runs = [run(status="missing", **pair) for pair in pairs.drop_duplicates().to_dict("records")]
    rows = card([], runs, facts)
    assert set(rows["verdict"]) == {"not run", "not comparable"}
    assert set(rows["source"]) == {"original_iadbe", "paper", "anomalib"}
    assert "pixel_pro" not in set(rows["metric"])
    assert not rows.duplicated(
        ["dataset", "model", "category", "metric", "published", "source", "differences"]
    ).any()

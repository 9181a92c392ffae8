import pytest

from iadbe.scorecard.results import Results

from .tables import CATEGORIES, metrics_of, run, runs_of, value


def test_seeds_are_averaged():
    runs = runs_of(run(seed=0), run(seed=1))
    results = Results(metrics_of(value(0.9, seed=0), value(1.0, seed=1)), runs)
    result = results.of("mvtec_ad", "padim", "bottle", "image_auroc")
    assert (result.value, result.seeds, result.status) == (pytest.approx(0.95), 2, "done")


def test_one_failed_seed_leaves_no_value():
    runs = runs_of(run(seed=0), run(seed=1, status="failed", cause="out of memory"))
    result = Results(metrics_of(value(0.9)), runs).of("mvtec_ad", "padim", "bottle", "image_auroc")
    assert (result.value, result.status, result.cause) == (None, "failed", "out of memory")


def test_values_of_one_defect_type_are_not_taken():
    metrics = metrics_of(
        value(0.9), value(0.1, defect_type="broken"), value(0.2, defect_size="small")
    )
    results = Results(metrics, runs_of(run()))
    assert results.of("mvtec_ad", "padim", "bottle", "image_auroc").value == 0.9


def test_an_undefined_value_says_why():
    metrics = metrics_of(value(None, "pixel_auroc", reason="the model gives no anomaly maps"))
    results = Results(metrics, runs_of(run()))
    result = results.of("mvtec_ad", "padim", "bottle", "pixel_auroc")
    assert (result.value, result.cause) == (None, "the model gives no anomaly maps")
    assert results.of("mvtec_ad", "padim", "bottle", "aupro").cause == "the metric is not measured"


def test_the_average_needs_all_categories_of_the_dataset():
    result = Results(metrics_of(value(0.9)), runs_of(run())).average(
        "mvtec_ad", "padim", "image_auroc"
    )
    assert (result.value, result.status) == (None, "missing")
    assert result.cause == "14 of its 15 categories are not in this benchmark"


def whole(**of_zipper):
    runs = [run(category=name) for name in CATEGORIES[:-1]]
    runs.append(run(category=CATEGORIES[-1], **of_zipper))
    metrics = [value(0.9 + place / 1000, category=name) for place, name in enumerate(CATEGORIES)]
    return Results(metrics_of(*metrics), runs_of(*runs)).average("mvtec_ad", "padim", "image_auroc")


def test_the_average_is_the_mean_over_categories():
    assert whole().value == pytest.approx(0.907)


def test_one_category_without_a_result_leaves_no_average():
    result = whole(status="failed", cause="it broke")
    assert (result.value, result.status, result.cause) == (None, "failed", "zipper: it broke")
    assert whole(status="degenerate", cause="stand-ins").value is None

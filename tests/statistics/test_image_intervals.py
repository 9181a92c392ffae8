import numpy as np
import pytest

from iadbe.metrics.image import auroc, average_precision, f1_max
from iadbe.statistics.bootstrap import bootstrap_weights
from iadbe.statistics.image_intervals import image_intervals, image_values

KINDS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "ties": lambda rng, n: rng.integers(0, 4, n).astype(float),
    "24 decades": lambda rng, n: 10.0 ** rng.uniform(-12, 12, n),
    "constant": lambda rng, n: np.full(n, 3.0),
}


def fpr_at_95_tpr(labels: np.ndarray, scores: np.ndarray) -> float:
    """By trying every threshold."""
    rates = [
        np.mean(scores[labels == 0] >= t)
        for t in np.unique(scores)
        if 100 * np.sum(scores[labels == 1] >= t) >= 95 * np.sum(labels == 1)
    ]
    return float(min(rates))


@pytest.mark.parametrize("kind", KINDS)
def test_a_resample_has_the_metrics_of_its_images(kind: str) -> None:
    rng = np.random.default_rng(2)
    labels = np.repeat([0, 1], [9, 20]).astype(np.int8)
    scores = KINDS[kind](rng, len(labels)) * (1 + labels)
    weights = bootstrap_weights(labels, resamples=70, seed=1)
    values = image_values(labels, scores, weights)
    for row in range(0, 70, 6):
        images = np.repeat(np.arange(len(labels)), weights[row])
        own = labels[images], scores[images]
        assert values["auroc"][row] == pytest.approx(auroc(*own), abs=1e-12)
        assert values["average_precision"][row] == pytest.approx(average_precision(*own))
        assert values["f1_max"][row] == pytest.approx(f1_max(*own), abs=1e-12)
        assert values["fpr_at_95_tpr"][row] == pytest.approx(fpr_at_95_tpr(*own), abs=1e-12)


def test_an_interval_holds_most_of_the_resamples() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1], 60).astype(np.int8)
    scores = rng.normal(size=120) + labels
    weights = bootstrap_weights(labels)
    resampled = image_values(labels, scores, weights)
    wide, narrow = (image_intervals(labels, scores, weights, share) for share in (0.95, 0.5))
    for name, values in resampled.items():
        for share, (low, high, _) in ((0.95, wide[name]), (0.5, narrow[name])):
            assert np.mean((values >= low) & (values <= high)) == pytest.approx(share, abs=0.15)
    for metric in (auroc, average_precision, f1_max):
        low, high, _ = narrow[metric.__name__]
        assert low < metric(labels, scores) < high


def test_an_interval_near_the_end_of_the_scale_stays_within_and_is_lopsided() -> None:
    labels = np.repeat([0, 1], [20, 63]).astype(np.int8)
    scores = np.arange(83.0)
    scores[[19, 20]] = scores[[20, 19]]
    low, high, _ = image_intervals(labels, scores, bootstrap_weights(labels))["auroc"]
    value = auroc(labels, scores)
    assert 0.97 < low < value < high < 1
    assert value - low > 3 * (high - value)


def test_a_perfect_model_is_not_certain() -> None:
    labels = np.repeat([0, 1], [20, 63]).astype(np.int8)
    found = image_intervals(labels, labels.astype(float), bootstrap_weights(labels, 100))
    assert 0.9 < found["auroc"].low < 0.97
    assert found["auroc"].high == 1
    assert found["fpr_at_95_tpr"] == (0.0, pytest.approx(1 - 0.025 ** (1 / 20)), None)
    for name in ("average_precision", "f1_max"):
        assert found[name][:2] == (None, None)
        assert found[name].reason == ("1 on these test images: resampling cannot tell how sure")


def test_constant_scores_have_an_interval_around_guessing_only() -> None:
    labels = np.repeat([0, 1], 10).astype(np.int8)
    found = image_intervals(labels, np.ones(20), bootstrap_weights(labels, 100))
    assert found["auroc"].low == pytest.approx(1 - found["auroc"].high)
    assert "the same in every resample" in found["f1_max"].reason


@pytest.mark.parametrize(("label", "missing"), [(0, "anomalous"), (1, "normal")])
def test_one_class_only_has_no_interval_but_a_reason(label: int, missing: str) -> None:
    labels = np.full(5, label, np.int8)
    found = image_intervals(labels, np.arange(5.0), bootstrap_weights(labels, 10))
    assert len(found) == 4
    for interval in found.values():
        assert interval == (None, None, f"no {missing} test sample")


@pytest.mark.parametrize("label", [0, 1])
def test_a_single_image_of_a_class_does_not_vary(label: int) -> None:
    labels = np.array([label] + 9 * [1 - label])
    scores = np.random.default_rng(0).normal(size=10)
    found = image_intervals(labels, scores, bootstrap_weights(labels))
    assert found["auroc"].low is not None  # Newcombe's, which needs no draws
    for name in ("average_precision", "f1_max"):
        assert found[name] == (None, None, "drawn again, a single image does not vary")

import numpy as np
import pytest

from iadbe.metrics.threshold import conformal_threshold, threshold_measures


@pytest.mark.parametrize(
    ("n", "quantile", "rank"),
    [(99, 0.95, 95), (20, 0.95, 20), (19, 0.95, 19), (99, 0.07, 7), (5, 0.99, 5), (3, 0.0, 1)],
)
def test_it_is_the_conformal_rank(n: int, quantile: float, rank: int) -> None:
    scores = np.random.default_rng(0).permutation(np.arange(1.0, n + 1))
    assert conformal_threshold(scores, quantile) == rank


def test_a_new_normal_sample_rarely_exceeds_it() -> None:
    rng = np.random.default_rng(5)
    trials = rng.standard_cauchy((4000, 40))
    alarms = [row[0] > conformal_threshold(row[1:], 0.9) for row in trials]
    assert np.mean(alarms) == pytest.approx(0.1, abs=0.02)


def test_rates_are_strictly_above_the_threshold() -> None:
    labels = np.array([0, 0, 0, 1, 1], np.int8)
    scores = np.array([1.0, 2.0, 3.0, 2.0, 9.0])
    threshold, false_alarms, misses = threshold_measures(
        np.array([2.0, 1.0]), labels, scores, quantile=0.5
    )
    assert (threshold.value, threshold.n) == (2.0, 2)
    assert (false_alarms.value, false_alarms.n) == (pytest.approx(1 / 3), 3)
    assert (misses.value, misses.n) == (0.5, 2)


def test_no_validation_sample_means_no_value() -> None:
    measures = threshold_measures(np.empty(0), np.array([0, 1], np.int8), np.array([1.0, 2.0]), 0.9)
    assert [m.metric for m in measures] == ["threshold", "false_alarm_rate", "miss_rate"]
    assert all(m.value is None and m.reason and "validation" in m.reason for m in measures)


def test_a_missing_class_leaves_its_rate_undefined() -> None:
    _, false_alarms, misses = threshold_measures(
        np.array([1.0]), np.array([1], np.int8), np.array([2.0]), 0.9
    )
    assert false_alarms.value is None
    assert false_alarms.reason == "no normal test sample"
    assert misses.value == 0.0

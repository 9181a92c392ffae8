import numpy as np
import pytest

from iadbe.statistics.bootstrap import bootstrap_weights
from iadbe.statistics.ratio_interval import ratio_interval


def test_a_mean_has_about_the_interval_of_the_normal_distribution() -> None:
    values = np.random.default_rng(0).normal(40, 10, 400)
    weights = bootstrap_weights(np.zeros(400, int), resamples=4000)
    interval = ratio_interval(values, np.ones(400), weights)
    half = 1.96 * values.std() / 20
    assert interval.low == pytest.approx(values.mean() - half, abs=0.1)
    assert interval.high == pytest.approx(values.mean() + half, abs=0.1)


def test_images_weigh_by_their_denominators() -> None:
    weights = np.array([[1, 1, 0], [2, 0, 1], [0, 2, 5]])
    found, regions = np.array([1, 3, 0]), np.array([2, 3, 0])
    interval = ratio_interval(found, regions, weights, confidence=0.999999)
    assert interval.low == pytest.approx(2 / 4, abs=1e-5)
    assert interval.high == pytest.approx(6 / 6, abs=1e-5)


def test_no_denominator_has_no_interval_but_a_reason() -> None:
    interval = ratio_interval(np.zeros(3), np.zeros(3), np.ones((4, 3), int))
    assert interval.low is None
    assert interval.reason == "no resample of the test images has a value"

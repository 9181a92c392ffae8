"""The interval of a difference, from intervals alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from iadbe.statistics.mover import difference_interval


def test_symmetric_intervals_add_up_in_squares():
    first, second = np.array([[0.9, 0.87, 0.93]]), np.array([[0.8, 0.76, 0.84]])
    low, high, _ = difference_interval(first, second)
    assert (low, high) == pytest.approx((0.05, 0.15))


def test_the_end_that_points_to_the_other_value_counts():
    first, second = np.array([[0.9, 0.6, 0.95]]), np.array([[0.8, 0.7, 0.84]])
    low, high, _ = difference_interval(first, second)
    assert low == pytest.approx(0.1 - np.hypot(0.3, 0.04))
    assert high == pytest.approx(0.1 + np.hypot(0.05, 0.1))


def test_it_covers_the_true_difference_of_means_over_categories():
    random, error = np.random.default_rng(3), np.array([0.02, 0.05, 0.01])
    truth, reach = np.array([[0.9, 0.8, 0.95], [0.85, 0.7, 0.9]]), norm.ppf(0.975) * error
    held = 0
    for _ in range(2000):
        seen = truth + random.normal(0, error, (2, 3))
        terms = [np.stack([row, row - reach, row + reach], axis=1) for row in seen]
        low, high, _ = difference_interval(*terms)
        held += low <= truth[0].mean() - truth[1].mean() <= high
    assert held / 2000 == pytest.approx(0.95, abs=0.02)

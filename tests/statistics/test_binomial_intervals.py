"""All intervals of n samples at once are those of one count after the other, and SciPy's."""

import pytest
from scipy.stats import binomtest

from iadbe.statistics.binomial import binomial_interval, binomial_intervals


@pytest.mark.parametrize("n", [1, 2, 30, 137])
def test_they_are_the_single_ones(n):
    ends = binomial_intervals(n)
    assert len(ends) == n + 1
    for k, both in enumerate(ends):
        assert both == pytest.approx(binomial_interval(k, n)[:2], abs=1e-12)


@pytest.mark.parametrize("confidence", [0.9, 0.95])
@pytest.mark.parametrize("n", [1, 2, 30, 137])
def test_they_are_those_of_scipy(n, confidence):
    for k, both in enumerate(binomial_intervals(n, confidence)):
        theirs = binomtest(k, n).proportion_ci(confidence, method="exact")
        assert both == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_nothing_to_count_has_none():
    assert binomial_intervals(0) == []

import pytest

from iadbe.statistics.binomial import binomial_interval


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    # From the beta quantiles that define the interval, as tables print them.
    [(0, 100, 0.0, 0.0362), (10, 20, 0.2720, 0.7280), (81, 263, 0.2527, 0.3676), (7, 7, 0.5904, 1)],
)
def test_the_interval_is_clopper_and_pearson_s(k: int, n: int, low: float, high: float) -> None:
    interval = binomial_interval(k, n)
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


def test_nothing_counted_has_no_interval_but_a_reason() -> None:
    assert binomial_interval(0, 0) == (None, None, "no sample to count")

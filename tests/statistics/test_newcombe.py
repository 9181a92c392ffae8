import math

import pytest

from iadbe.statistics.newcombe import newcombe_interval

Z = 1.959963984540054


@pytest.mark.parametrize("value", [0.0, 0.3, 0.5, 0.91, 0.999, 1.0])
@pytest.mark.parametrize(("m", "n"), [(1, 1), (63, 20), (20, 63), (400, 400)])
def test_its_ends_are_what_a_score_test_just_accepts(value: float, m: int, n: int) -> None:
    interval = newcombe_interval(value, m, n)
    assert 0 <= interval.low <= value <= interval.high <= 1
    for end in (interval.low, interval.high):
        if 0 < end < 1:
            half = (m + n) / 2 - 1
            spread = 1 + half * (1 - end) / (2 - end) + half * end / (1 + end)
            deviation = math.sqrt(end * (1 - end) * spread / (m * n))
            assert abs(end - value) == pytest.approx(Z * deviation, rel=1e-6)


def test_it_is_as_wide_below_as_above_for_the_mirrored_value() -> None:
    one, other = newcombe_interval(0.93, 30, 50), newcombe_interval(0.07, 50, 30)
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)
    assert one.high == pytest.approx(1 - other.low, abs=1e-9)


def test_a_perfect_value_has_a_width_that_shrinks_with_the_samples() -> None:
    lows = [newcombe_interval(1.0, n, n).low for n in (5, 20, 100, 1000)]
    assert lows == sorted(lows)
    assert lows[0] < 0.8
    assert 0.99 < lows[-1] < 1

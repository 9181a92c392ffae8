import numpy as np
import pytest

from iadbe.statistics.bootstrap import bootstrap_weights
from iadbe.statistics.ratio_interval import ratio_interval


def test_a_mean_has_about_the_interval_of_the_normal_distribution() -> None:
    values = np.random.default_rng(0).uniform(0.2, 0.8, 400)
    weights = bootstrap_weights(np.zeros(400, int), resamples=4000)
    interval = ratio_interval(values, np.ones(400), weights)
    half = 1.96 * values.std() / 20
    assert interval.low == pytest.approx(values.mean() - half, abs=1e-3)
    assert interval.high == pytest.approx(values.mean() + half, abs=1e-3)


def test_images_weigh_by_their_denominators() -> None:
    weights = bootstrap_weights(np.zeros(50, int), resamples=500)
    found, regions = np.repeat([1, 3], 25), np.repeat([3, 4], 25)
    interval = ratio_interval(found, regions, weights, confidence=0.5)
    assert interval.low < 100 / 175 < interval.high
    # Images with no region change nothing.
    with_more = ratio_interval(
        np.append(found, [0, 0]), np.append(regions, [0, 0]), np.pad(weights, ((0, 0), (0, 2)))
    )
    assert with_more == ratio_interval(found, regions, weights)


@pytest.mark.parametrize(("share", "reason"), [(1, "1 on these test images"), (0.5, "the same in")])
def test_what_no_resample_moves_has_a_reason(share: float, reason: str) -> None:
    weights = bootstrap_weights(np.zeros(9, int), resamples=10)
    interval = ratio_interval(np.full(9, 4 * share), np.full(9, 4), weights)
    assert interval.low is None
    assert reason in interval.reason


def test_no_denominator_has_no_interval_but_a_reason() -> None:
    interval = ratio_interval(np.zeros(3), np.zeros(3), np.ones((4, 3), int))
    assert interval == (None, None, "no image has a part in it")

import numpy as np
import pytest

from iadbe.statistics.seeds import over_seeds


def test_several_seeds_have_a_mean_and_the_spread_of_a_sample() -> None:
    found = over_seeds(np.array([0.9, 0.95, np.nan, 1.0]))
    assert found.mean == pytest.approx(0.95)
    assert found.spread == pytest.approx(0.05)
    assert found.number == 3
    assert found.reason is None


def test_one_seed_has_no_spread_but_a_reason() -> None:
    assert over_seeds(np.array([0.9])) == (0.9, None, 1, "one seed: its spread is unknown")


def test_no_value_has_a_reason() -> None:
    assert over_seeds(np.array([np.nan])) == (None, None, 0, "no seed has a value")

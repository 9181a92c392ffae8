import numpy as np
import pandas as pd
import pytest
from scipy.stats import friedmanchisquare

from iadbe.statistics.friedman import friedman_test

from .demsar_2006 import AUCS


def test_both_statistics_are_demsar_s() -> None:
    found = friedman_test(AUCS)
    assert (found.models, found.categories) == (4, 14)
    assert found.chi_square == pytest.approx(9.28, abs=5e-3)
    assert found.f == pytest.approx(3.69, abs=5e-3)
    # Its critical value at 0.05 is F(3, 39) = 2.85.
    assert 0.01 < found.f_p < 0.05
    assert found.p == found.f_p


def test_without_ties_chi_square_is_scipy_s() -> None:
    rng = np.random.default_rng(0)
    for k in (3, 6):
        values = rng.normal(size=(9, k))
        found = friedman_test(pd.DataFrame(values))
        expected = friedmanchisquare(*values.T)
        assert found.chi_square == pytest.approx(expected.statistic)
        assert found.chi_square_p == pytest.approx(expected.pvalue)


def test_models_in_the_same_order_everywhere_have_no_f_but_a_reason() -> None:
    found = friedman_test(pd.DataFrame({"a": [3, 3, 3], "b": [2, 2, 2], "c": [1, 1, 1]}))
    assert found.chi_square == pytest.approx(6)
    assert (found.f, found.f_p) == (None, None)
    assert "same order" in found.reason
    assert found.chi_square_p == pytest.approx(np.exp(-3))
    # In one order of six in the other two categories.
    assert found.p == pytest.approx(1 / 36, abs=0.005)


def test_a_few_categories_have_a_p_value_by_permutation() -> None:
    # Two models, and one wins in all 4 categories: as improbable as 4 equal tosses of a coin.
    found = friedman_test(pd.DataFrame({"a": [2, 2, 2, 2], "b": [1, 1, 1, 1]}))
    assert found.permutation_p == pytest.approx(2 * 0.5**4, abs=0.01)
    assert found.p == found.permutation_p
    assert friedman_test(AUCS).permutation_p is None


def test_models_that_are_all_tied_do_not_differ() -> None:
    found = friedman_test(pd.DataFrame({"a": [1.0, 0.9], "b": [1.0, 0.9]}))
    assert (found.chi_square, found.f) == (0, 0)
    assert found.p == 1

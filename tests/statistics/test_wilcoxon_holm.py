import itertools

import numpy as np
import pytest
from scipy.stats import rankdata, wilcoxon

from iadbe.statistics.wilcoxon_holm import holm, signed_rank_p, signed_ranks, wilcoxon_holm

from .demsar_2006 import AUCS


def test_the_sums_of_ranks_are_demsar_s() -> None:
    differences = (AUCS["C4.5+m"] - AUCS["C4.5"]).round(12).to_numpy()
    assert signed_ranks(differences) == (93, 12)
    # 21 is the critical value of the smaller sum for 14 data sets at 0.05.
    assert signed_rank_p(differences) < 0.05


def test_without_ties_the_p_value_is_scipy_s() -> None:
    rng = np.random.default_rng(0)
    for n in (3, 8, 15, 41):
        differences = rng.normal(0.3, 1, n)
        expected = wilcoxon(differences, method="exact").pvalue
        assert signed_rank_p(differences) == pytest.approx(expected, rel=1e-9)


def test_with_ties_the_p_value_counts_all_signs() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        differences = rng.integers(-2, 4, 8).astype(float)
        ranks = rankdata(np.abs(differences))[differences != 0]
        signs = np.array(list(itertools.product([-1, 1], repeat=len(ranks)))).reshape(
            -1, len(ranks)
        )
        own = abs(np.sum(ranks * np.sign(differences[differences != 0])))
        expected = np.mean(np.abs(signs @ ranks) >= own - 1e-9)
        assert signed_rank_p(differences) == pytest.approx(expected)


def test_holm_steps_down() -> None:
    # The example of Demsar 2006, section 3.2.2: 0.016, 0.019, 0.607 against 0.017, 0.025, 0.05.
    adjusted = holm(np.array([0.607, 0.016, 0.019]))
    assert list(adjusted) == pytest.approx([0.607, 0.048, 0.048])
    assert list(holm(np.array([0.9, 0.8]))) == [1, 1]


def test_every_pair_is_tested_and_the_better_is_named_first() -> None:
    table = wilcoxon_holm(AUCS)
    assert len(table) == 6
    assert (table["difference"] >= 0).all()
    assert (table["p_holm"] >= table["p"]).all()
    assert table["p_holm"].is_monotonic_increasing
    pair = table.set_index(["first", "second"]).loc[("C4.5+m", "C4.5")]
    assert (pair["wins"], pair["losses"]) == (10, 2)
    assert pair["difference"] == pytest.approx((AUCS["C4.5+m"] - AUCS["C4.5"]).mean())


def test_equal_models_do_not_differ() -> None:
    assert signed_rank_p(np.zeros(5)) == 1

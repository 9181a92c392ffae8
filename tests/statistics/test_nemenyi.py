import math

import pandas as pd
import pytest

from iadbe.statistics.nemenyi import critical_difference, groups
from iadbe.statistics.ranks import average_ranks

from .demsar_2006 import AUCS

Q_05 = (1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164)
Q_10 = (1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920)


@pytest.mark.parametrize(("alpha", "table"), [(0.05, Q_05), (0.1, Q_10)])
def test_critical_values_are_those_of_demsar_s_table_5(alpha: float, table: tuple) -> None:
    for k, q in zip(range(2, 11), table, strict=True):
        # With 6 N = k (k + 1) the critical difference is q itself.
        scale = math.sqrt(k * (k + 1) / 6)
        # His table is cut, not rounded, in places: 2.3437 is printed as 2.343.
        assert critical_difference(k, 1, alpha) / scale == pytest.approx(q, abs=1.1e-3)


def test_critical_differences_of_his_example() -> None:
    assert critical_difference(4, 14) == pytest.approx(1.25, abs=5e-3)
    assert critical_difference(4, 14, alpha=0.1) == pytest.approx(1.12, abs=5e-3)


def test_groups_of_his_example() -> None:
    ranks = average_ranks(AUCS)
    assert groups(ranks, critical_difference(4, 14)) == [tuple(ranks.index)]
    # At 0.10 plain C4.5 is worse than the first two, and C4.5+cf belongs to both groups.
    assert groups(ranks, critical_difference(4, 14, alpha=0.1)) == [
        ("C4.5+m+cf", "C4.5+m", "C4.5+cf"),
        ("C4.5+cf", "C4.5"),
    ]


def test_a_group_has_two_models_and_is_in_no_other() -> None:
    ranks = pd.Series([1.0, 2.0, 2.1, 2.2, 4.0], index=list("abcde"))
    assert groups(ranks, 0.5) == [("b", "c", "d")]
    assert groups(ranks, 1.15) == [("a", "b", "c"), ("b", "c", "d")]
    assert groups(ranks, 1.0) == [("b", "c", "d")], "a difference of exactly that much counts"

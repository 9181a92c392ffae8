import pandas as pd
import pytest

from iadbe.statistics.ranks import average_ranks, ranks

from .demsar_2006 import AUCS


def test_average_ranks_are_demsar_s() -> None:
    found = average_ranks(AUCS)
    assert list(found.index) == ["C4.5+m+cf", "C4.5+m", "C4.5+cf", "C4.5"]
    assert list(found) == pytest.approx([1.964, 2.000, 2.893, 3.143], abs=5e-4)


def test_ties_share_their_ranks_and_rounding_is_a_tie() -> None:
    placed = ranks(AUCS)
    assert list(placed.loc["iris"]) == [1, 2.5, 4, 2.5]
    assert list(placed.loc["mushroom"]) == [2.5] * 4
    nearly = pd.DataFrame({"a": [0.1 + 0.2], "b": [0.3]})
    assert list(ranks(nearly).iloc[0]) == [1.5, 1.5]

"""Pairs of models over categories: Wilcoxon's signed ranks, with Holm's correction for many pairs.

Wilcoxon 1945, Biometrics Bulletin 1(6); Holm 1979, Scandinavian Journal of Statistics 6(2). Demsar
2006, Journal of Machine Learning Research 7, section 3.1.3, has differences of zero share their
ranks; Benavoli, Corani and Mangili 2016, same journal 17(5), has Wilcoxon between pairs rather than
Nemenyi, whose verdict on two models depends on the others.
"""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pandas as pd

COLUMNS = ("first", "second", "wins", "losses", "difference", "p", "p_holm")
_DIGITS = 12
"""Differences that are zero up to here are zero; what follows is rounding."""


def wilcoxon_holm(values: pd.DataFrame) -> pd.DataFrame:
    """Test every pair of models.

    Args:
        values: A row a category, a column a model, higher is better, no NaN.

    Returns:
        A row a pair, the most telling first: `first` (the one with the higher mean), `second`, in
        how many categories the first `wins` and `losses`, the mean `difference`, `p` and `p_holm`.
    """
    order = values.mean(axis=0).sort_values(ascending=False, kind="stable").index
    rows = [_pair(values, *pair) for pair in itertools.combinations(order, 2)]
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    table["p_holm"] = holm(table["p"].to_numpy(np.float64))
    return table.sort_values(["p_holm", "p"], kind="stable").reset_index(drop=True)


def _pair(values: pd.DataFrame, first: str, second: str) -> tuple[object, ...]:
    differences = (values[first] - values[second]).to_numpy(np.float64).round(_DIGITS)
    wins, losses = int(np.sum(differences > 0)), int(np.sum(differences < 0))
    return first, second, wins, losses, float(differences.mean()), signed_rank_p(differences)


def signed_ranks(differences: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Sums of the ranks of positive and of negative differences; zeros give half to each.

    Args:
        differences: Of two models in each category, shape (N,).
    """
    from scipy.stats import rankdata

    ranks = rankdata(np.abs(differences))
    zeros = float(np.sum(ranks[differences == 0])) / 2
    return (
        float(np.sum(ranks[differences > 0])) + zeros,
        float(np.sum(ranks[differences < 0])) + zeros,
    )


def signed_rank_p(differences: npt.NDArray[np.float64]) -> float:
    """Two-sided p-value of `signed_ranks`, exact with ties: all 2^n signs are as likely.

    The sums of all signs are counted by convolution, in doubled ranks, which are whole numbers.
    SciPy's exact p-value does not hold with ties or zeros.
    """
    from scipy.stats import rankdata

    doubled = np.rint(2 * rankdata(np.abs(differences))).astype(int)[differences != 0]
    if not len(doubled):
        return 1.0
    chances = np.zeros(int(doubled.sum()) + 1)
    chances[0] = 1.0
    for rank in doubled:
        moved = np.concatenate([np.zeros(rank), chances[:-rank]])
        chances = (chances + moved) / 2
    positive = int(np.sum(doubled[differences[differences != 0] > 0]))
    least = min(positive, int(doubled.sum()) - positive)
    return float(min(2 * np.sum(chances[: least + 1]), 1.0))


def holm(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Holm's step-down adjustment: below alpha where the pair differs, all pairs considered.

    Args:
        p: The p-values of all tests that were made, shape (M,).
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p), np.float64)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted

"""Nemenyi's critical difference: how far apart two mean ranks must be to mean something.

Demsar 2006, Journal of Machine Learning Research 7, section 3.2.2 and table 5(a).
"""

from __future__ import annotations

import math

import pandas as pd

ALPHA = 0.05


def critical_difference(models: int, categories: int, alpha: float = ALPHA) -> float:
    """How far apart the mean ranks of two models must be.

    It is q * sqrt(k (k + 1) / (6 N)), q being a quantile of the studentized range over sqrt(2).

    Args:
        models: k, at least 2.
        categories: N, at least 1.
        alpha: Probability of calling any pair different although none is.
    """
    from scipy.stats import studentized_range

    q = float(studentized_range.ppf(1 - alpha, models, math.inf)) / math.sqrt(2)
    return q * math.sqrt(models * (models + 1) / (6 * categories))


def groups(average_ranks: pd.Series, difference: float) -> list[tuple[str, ...]]:
    """The largest sets of models that are not told apart: the bars of the diagram.

    Args:
        average_ranks: Mean rank of each model, the best first.
        difference: The critical difference; two models differ if their ranks do by as much.

    Returns:
        Sets of two models or more, the best first; a model can be in several.
    """
    names, values = [str(name) for name in average_ranks.index], list(average_ranks)
    found: list[tuple[str, ...]] = []
    reached = 0
    for start in range(len(names)):
        end = next((i for i in range(start, len(names)) if values[i] - values[start] >= difference),
                   len(names))  # fmt: skip
        if end - start > 1 and end > reached:
            found.append(tuple(names[start:end]))
        reached = max(reached, end)
    return found

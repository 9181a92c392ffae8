"""Places of models in each category, and their means.

Demsar 2006, "Statistical comparisons of classifiers over multiple data sets", Journal of Machine
Learning Research 7, section 3.2.2.
"""

from __future__ import annotations

import pandas as pd

_DIGITS = 12
"""Values that are equal up to here are tied; what follows is rounding."""


def ranks(values: pd.DataFrame) -> pd.DataFrame:
    """The place of each model in each category; 1 is the highest value, ties share their mean.

    Args:
        values: A row a category, a column a model, higher is better, no NaN.
    """
    return values.round(_DIGITS).rank(axis=1, ascending=False, method="average")


def average_ranks(values: pd.DataFrame) -> pd.Series:
    """The mean place of each model over the categories, the best first; see `ranks`."""
    return ranks(values).mean(axis=0).sort_values(kind="stable")

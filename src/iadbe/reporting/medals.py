"""Who is best and who is second in a column, as it is printed."""

from __future__ import annotations

import pandas as pd

from iadbe.reporting.shown_metrics import ShownMetric

_NAMES = ("best", "second")


def medals(board: pd.DataFrame, values: pd.Series, shown: ShownMetric) -> dict[str, str]:
    """Model to `best` or `second`; ties share, and supervised models compete apart.

    Args:
        board: The models that take part (rows of `iadbe.reporting.leaderboard.rank`).
        values: Their values, indexed by model.
        shown: The metric; says which way is better.
    """
    places: dict[str, str] = {}
    for _, group in board.groupby(board["supervision"].eq("supervised")):
        printed = values.reindex(group["model"]).dropna().astype(float).round(3)
        top = sorted(printed.unique(), reverse=shown.higher_is_better)[:2]
        if len(printed) > 1:
            names = dict(zip(top, _NAMES, strict=False))
            places |= {str(m): names[value] for m, value in printed.items() if value in names}
    return places

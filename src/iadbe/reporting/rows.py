"""Tables as plain rows: a report asks thousands of small questions, too many for a data frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

Row = tuple[Any, ...]


def rows_of(table: pd.DataFrame, columns: Iterable[str]) -> list[Row]:
    """The columns of a table, a tuple a row; what is null is None."""
    return list(zip(*(_values(table[name]) for name in columns), strict=True))


def grouped(
    table: pd.DataFrame, keys: Iterable[str], columns: Iterable[str]
) -> dict[Row, list[Row]]:
    """Rows by key, in their order.

    Args:
        table: Any table.
        keys: The columns that name a group.
        columns: Those that a row has.
    """
    groups: dict[Row, list[Row]] = {}
    for key, row in zip(rows_of(table, keys), rows_of(table, columns), strict=True):
        groups.setdefault(key, []).append(row)
    return groups


def _values(column: pd.Series) -> list[Any]:
    return column.astype(object).where(column.notna(), None).tolist()

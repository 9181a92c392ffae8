"""Averages that a source prints and that no run should be held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import fmean

from iadbe.published.load import AVERAGE
from iadbe.scorecard.fact import Fact, Table

_ROUNDING = 0.001 + 1e-9
"""Half a last decimal of the cells and half of the average's own, at three decimals."""


def unsound_averages(facts: Iterable[Fact]) -> dict[Table, str]:
    """The tables whose printed average is none of all their categories, and why.

    An average without categories beside it is believed.
    """
    ordered = sorted(facts, key=_order)
    tables = {table: list(rows) for table, rows in groupby(ordered, lambda fact: fact.table)}
    reasons = {table: _reason(rows) for table, rows in tables.items()}
    return {table: reason for table, reason in reasons.items() if reason}


def _reason(rows: Sequence[Fact]) -> str | None:
    printed = next((fact.value for fact in rows if fact.category == AVERAGE), None)
    cells = [fact.value for fact in rows if fact.category != AVERAGE]
    values = [value for value in cells if value is not None]
    if printed is None or not values:
        return None
    if len(values) < len(cells):
        return f"its average is over {len(values)} of {len(cells)} categories"
    mean = fmean(values)
    if abs(printed - mean) > _ROUNDING:
        return f"its average is not the mean of its categories, {mean:.3f}"
    return None


def _order(fact: Fact) -> tuple[str, ...]:
    return tuple(str(part) for part in fact.table)

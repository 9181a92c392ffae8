"""A plain table: what a figure shows, for those who read rather than look."""

from __future__ import annotations

from typing import NamedTuple


class Table(NamedTuple):
    """Text by row and column; `models` says whether the rows are models."""

    caption: str
    first: str
    """Title of the column of names."""
    columns: list[str]
    rows: list[tuple[str, list[str]]]
    models: bool = True

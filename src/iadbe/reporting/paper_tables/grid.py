"""A table as it is printed: a head and blocks of rows, turned where the original turns it."""

from __future__ import annotations

from typing import NamedTuple

from iadbe.reporting.paper_tables.table import Entry, PaperTable

AVERAGE = "Average"
Line = tuple[str, list[Entry]]


class Grid(NamedTuple):
    """Labels of the columns, and blocks of labelled rows with a rule between them."""

    head: list[str]
    blocks: list[list[Line]]


def grid(table: PaperTable) -> Grid:
    """Models below each other, supervised ones in a block apart.

    A dataset of one category is one row with a column a model, as the original's Kolektor.
    """
    if len(table.categories) == 1:
        entries = [row.entries[0] for row in table.rows]
        head = ["", *(row.label for row in table.rows)]
        return Grid(head, [[(table.category_names[0], entries)]])
    blocks = [
        [(row.label, [*row.entries, row.average]) for row in table.rows if row.supervised is apart]
        for apart in (False, True)
    ]
    return Grid(["", *table.category_names, AVERAGE], [block for block in blocks if block])

"""A table as it stands in a file, before anything is understood."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class PrintedRow(NamedTuple):
    """The raw text of a row's cells, the label first."""

    line: int
    cells: list[str]


class Printed(NamedTuple):
    """What a reader found: a row may have fewer or more cells than the header."""

    file: Path
    line: int
    title: str
    """The heading, label or file name: what the table says that it holds."""
    caption: str
    header: list[str]
    rows: list[PrintedRow]
    bold_from: float | None = None
    """Where the text says so: bold marks values of at least this."""

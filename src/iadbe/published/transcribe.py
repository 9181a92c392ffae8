"""Copy the facts out of the original's tables: `python -m iadbe.published.transcribe FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from iadbe.auditing.evidence import gather
from iadbe.auditing.table import Table, Value
from iadbe.published.load import ORIGINAL, ORIGINAL_COLUMNS

_README, _PAPER = "published_image_auroc.md", "rawtables"


def copied(reference: Path) -> pd.DataFrame:
    """The tables of a folder that holds the original's README tables and the paper's.

    Args:
        reference: Has `published_image_auroc.md` and `rawtables/*.tex`.

    Returns:
        A frame of `ORIGINAL_COLUMNS`; each number as printed, divided by 100.
    """
    evidence = gather([reference / _README, reference / _PAPER])
    rows = [_row(value) for table in evidence.tables for value in _cells(table)]
    return pd.DataFrame(rows, columns=list(ORIGINAL_COLUMNS))


def _cells(table: Table) -> Iterator[Value]:
    for row in table.whole_rows():
        yield from table.row_values(row, "category")
        yield from table.row_values(row, "average")


def _row(value: Value) -> tuple[str | float | None, ...]:
    dataset, metric, model, category = value.key
    number = None if value.fraction is None else round(value.fraction, 2 + value.cell.decimals)
    where = "README" if value.table.file.name == _README else "paper"
    source = f"{where}, {value.table.name}"
    return (dataset, model, category, metric, number, value.cell.text, source)


if __name__ == "__main__":
    copied(Path(sys.argv[1])).to_csv(Path(__file__).with_name(ORIGINAL), index=False)

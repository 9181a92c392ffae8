"""All tables of a benchmark, as the texts of their files."""

from __future__ import annotations

import pandas as pd

from iadbe.reporting.paper_tables.csv_table import csv
from iadbe.reporting.paper_tables.document import NAME, document
from iadbe.reporting.paper_tables.latex import latex
from iadbe.reporting.paper_tables.layout import Results, lay_out
from iadbe.reporting.paper_tables.markdown import markdown
from iadbe.reporting.paper_tables.metrics import METRICS
from iadbe.reporting.paper_tables.table import PaperTable

_WRITERS = {"csv": csv, "md": markdown, "tex": latex}


def paper_tables(
    leaderboard: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> dict[str, str]:
    """Write every dataset's tables.

    Args:
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).

    Returns:
        File name to text: `<dataset>_<metric>` as `.csv`, `.md` and `.tex`, and `tables.tex`, a
        document of all of them. Image AUROC, pixel AUROC and AUPRO always have a table, others of
        `METRICS` where there is a value.
    """
    tables = [table for name in runs["dataset"].unique()
              for table in _of_dataset(str(name), leaderboard, metrics, runs)]  # fmt: skip
    files = {
        f"{table.name}.{suffix}": write(table)
        for table in tables
        for suffix, write in _WRITERS.items()
    }
    return files | {f"{NAME}.tex": document([table.name for table in tables])}


def _of_dataset(name: str, *frames: pd.DataFrame) -> list[PaperTable]:
    results = Results(*(frame[frame["dataset"] == name] for frame in frames))
    tables = [(metric, lay_out(metric, results)) for metric in METRICS]
    return [table for metric, table in tables if metric.always or _has_values(table)]


def _has_values(table: PaperTable) -> bool:
    return any(entry.value is not None for row in table.rows for entry in row.entries)

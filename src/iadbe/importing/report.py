"""The report of imported runs, by the code that reports our own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from iadbe.importing.cells import ImportedCell
from iadbe.importing.run import Imported
from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render
from iadbe.schemas import AuditSchema, CurvesSchema, ExamplesSchema


def write_report(folder: Path, name: str, imported: Imported, command: str) -> Path:
    """Write `metrics.parquet`, `runs.parquet`, `leaderboard.csv` and `report.html`.

    Args:
        folder: Where; what it holds is replaced file by file.
        name: The benchmark's.
        imported: What was read.
        command: What was typed to import it.

    Returns:
        The report.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cells, metrics, runs = imported
    board = rank(metrics, runs)
    figures = draw(board, runs, CurvesSchema.empty())
    html = render(
        name,
        board,
        metrics,
        runs,
        ExamplesSchema.empty(),
        figures,
        facts_of(cells, metrics, command),
        findings=AuditSchema.empty(),
    )
    metrics.to_parquet(folder / "metrics.parquet", index=False)
    runs.to_parquet(folder / "runs.parquet", index=False)
    board.to_csv(folder / "leaderboard.csv", index=False)
    report = folder / "report.html"
    report.write_text(html, "utf-8")
    return report


def facts_of(cells: list[ImportedCell], metrics: pd.DataFrame, command: str) -> dict[str, str]:
    """What a reader must know to judge numbers that others logged."""
    quality = metrics[metrics["level"] != "system"]
    leaks = quality["leakage"].value_counts()
    stamped = ", ".join(f"{number} {leakage}" for leakage, number in leaks.items())
    return {
        "Source": "console logs of others, not runs of this project: "
        + _listed(cell.run.file.name for cell in cells),
        "Numbers": "as logged, unrounded; how many images they rest on, and how sure they are, the "
        "logs do not say",
        "Leakage": f"what of the test images had a part in the {len(quality)} numbers: {stamped}",
        "Seeds": "the logs name none; s0, s1, … count the runs of a cell",
        "Models": "<model>_from_<category> was trained on that category and tested on others",
        "Hardware": _listed(cell.run.training.gpu for cell in cells) or "not in the logs",
        "To repeat": command,
    }


def _listed(values: Iterable[str | None]) -> str:
    return ", ".join(sorted({value for value in values if value}))

"""What one sees while the matrix runs: a bar, and a line a finished cell."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import pandas as pd
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from iadbe.cells.ledger import Entry
from iadbe.metrics.overall import overall

SHOWN = (("image", "auroc", "image_auroc"), ("region", "aupro", "aupro"))
"""Level, metric and name of the values on a cell's line."""


class MatrixProgress:
    """Progress bar with cells done, failed and the time left.

    Args:
        total: Cells that have to run.
        console: Where to print.
    """

    def __init__(self, total: int, console: Console) -> None:
        self.console = console
        self._bar = Progress(
            TextColumn("cells"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("[red]{task.fields[failed]} failed"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("cells", total=total, failed=0)
        self._failed = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def finished(
        self, cell_id: str, entry: Entry, metrics: pd.DataFrame | None, *, drawn: bool = False
    ) -> None:
        """Print the line of a cell, marked if its anomalies are drawn, and advance the bar."""
        if entry.state != "finished":
            self.lost([cell_id], entry)
            return
        seconds = f"{entry.seconds or 0:.0f} s"
        mark = ["synthetic anomalies"] if drawn else []
        self._print("  ".join([cell_id, *_values(metrics), *mark, seconds]))
        self._bar.update(self._task, advance=1)

    def lost(self, cell_ids: Sequence[str], entry: Entry) -> None:
        """Print one line for cells that failed, or were skipped, for the same cause."""
        self._failed += len(cell_ids)
        more = f" and {len(cell_ids) - 1} more" if len(cell_ids) > 1 else ""
        self._print(f"{cell_ids[0]}{more}  {entry.state}: {entry.cause}", style="red")
        self._bar.update(self._task, advance=len(cell_ids), failed=self._failed)

    def _print(self, line: str, style: str | None = None) -> None:
        self.console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)


def _values(metrics: pd.DataFrame | None) -> list[str]:
    if metrics is None:
        return []
    values = overall(metrics).set_index(["level", "metric"])["value"]
    return [
        f"{name} {values[level, metric]:.3f}"
        for level, metric, name in SHOWN
        if pd.notna(values.get((level, metric)))
    ]

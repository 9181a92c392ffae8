"""How far a download is: told to a terminal, or to nobody."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self


class Progress(Protocol):
    """Is told what happens."""

    def begin(self, stage: str, total: int | None, done: int = 0) -> None:
        """A stage begins, of so many bytes; None where nobody knows."""

    def advance(self, size: int) -> None:
        """So many more bytes are done."""

    def say(self, line: str) -> None:
        """Something the user should know."""


class Silent:
    """Tells nobody."""

    def begin(self, stage: str, total: int | None, done: int = 0) -> None:
        """Nothing."""

    def advance(self, size: int) -> None:
        """Nothing."""

    def say(self, line: str) -> None:
        """Nothing."""


class Bars:
    """One bar a stage, on stderr; where that is no terminal, only its last state."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )
        from rich.progress import Progress as RichProgress

        self._bars = RichProgress(
            TextColumn("{task.description:<11}"),
            BarColumn(bar_width=24),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(compact=True),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, int] = {}
        self._now = ""

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def begin(self, stage: str, total: int | None, done: int = 0) -> None:
        """Show a bar, or set back the one of a stage that begins again."""
        from rich.progress import TaskID

        self._now = stage
        if stage in self._tasks:
            self._bars.update(TaskID(self._tasks[stage]), total=total, completed=done)
        else:
            self._tasks[stage] = self._bars.add_task(stage, total=total, completed=done)

    def advance(self, size: int) -> None:
        """Lengthen the bar of the stage that began last."""
        from rich.progress import TaskID

        self._bars.advance(TaskID(self._tasks[self._now]), size)

    def say(self, line: str) -> None:
        """Print a line above the bars."""
        self._bars.console.print(line, markup=False, highlight=False, soft_wrap=True)

"""Memory and time that one cell may take; what takes more is ended, and nothing else suffers."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import Any

import psutil

from iadbe.errors import LimitError

_WHERE = "of benchmark.yml"


@dataclass(frozen=True)
class Limits:
    """What a cell may take; None is no limit.

    Attributes:
        memory_gb: Resident memory of its process and the children of that, in 10^9 bytes. Libraries
            that are loaded once for all cells count, as they do in `peak_memory_mb`.
        minutes: Time from its start to its end.
    """

    memory_gb: float | None = None
    minutes: float | None = None


class Watch:
    """Looks after the process of one cell.

    Args:
        process: A started `multiprocessing` process.
        limits: What it may take.
    """

    def __init__(self, process: Any, limits: Limits) -> None:
        self.process = process
        self.limits = limits
        self._start = time.monotonic()

    def excess(self) -> LimitError | None:
        """What the process takes too much of, if anything."""
        minutes = (time.monotonic() - self._start) / 60
        if self.limits.minutes is not None and minutes > self.limits.minutes:
            return LimitError(
                f"ended after {minutes:.1f} minutes, over time_limit_minutes: "
                f"{self.limits.minutes:g} {_WHERE}; raise it, or lower epochs or image_size"
            )
        if self.limits.memory_gb is None:
            return None
        used = sum(map(_resident, self._family())) / 1e9
        if used <= self.limits.memory_gb:
            return None
        return LimitError(
            f"ended at {used:.1f} GB of memory, over memory_limit_gb: {self.limits.memory_gb:g} "
            f"{_WHERE}; raise it, or lower batch_size or image_size"
        )

    def end(self) -> None:
        """Kill the process and all its children."""
        for process in self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def _family(self) -> list[psutil.Process]:
        try:
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0

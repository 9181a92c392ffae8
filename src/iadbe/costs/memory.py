"""Whether a larger batch fits: what a smaller one takes, and what is free.

The system ends a process that takes too much (Linux: SIGKILL), and with it would go a cell that
has its predictions already.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

LIMIT = "IADBE_MEMORY_LIMIT_GB"
"""Variable that tells a cell's process its `memory_limit_gb`."""
CGROUP = Path("/sys/fs/cgroup")
_EVERY_SECONDS = 0.002


def growth_gb(call: Callable[[], object]) -> float:
    """By how much this process's resident memory rises while something is called, at its peak.

    What the allocator kept of earlier calls goes back to the system first: it would be used again,
    and a call that takes it all would seem to take nothing.

    Args:
        call: What to call.

    Returns:
        10^9 bytes; looked at every 2 ms.
    """
    if hasattr(psutil, "heap_trim"):  # where the C library can, as glibc
        psutil.heap_trim()
    process = psutil.Process()
    before = peak = process.memory_info().rss
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(_EVERY_SECONDS):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        call()
    finally:
        done.set()
        watcher.join()
    return float(max(peak, process.memory_info().rss) - before) / 1e9


def free_gb(cgroup: Path = CGROUP) -> float:
    """Memory that this process may still take, in 10^9 bytes.

    The least of what the machine, the container (cgroup v2) and `memory_limit_gb` leave.

    Args:
        cgroup: Folder of the container's limits.
    """
    free = [psutil.virtual_memory().available / 1e9]
    with contextlib.suppress(OSError, ValueError, StopIteration):
        free.append(_left_by_container(cgroup) / 1e9)
    if limit := os.environ.get(LIMIT):
        free.append(float(limit) - psutil.Process().memory_info().rss / 1e9)
    return float(max(0.0, min(free)))


def _left_by_container(cgroup: Path) -> int:
    """Bytes; files in the cache give way."""
    limit = int((cgroup / "memory.max").read_text("utf-8"))  # `max` is none
    used = int((cgroup / "memory.current").read_text("utf-8"))
    rows = (cgroup / "memory.stat").read_text("utf-8").splitlines()
    cached = next(int(row.split()[1]) for row in rows if row.startswith("inactive_file "))
    return limit - used + cached

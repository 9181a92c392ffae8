"""Processes for cells: one each, forked from a server that has the heavy imports done.

A process of its own gives every cell a clean memory reading and lets it die (out of memory, a
crash in native code) without taking anything else along. The fork server makes that cheap: the
libraries are imported once, not once a cell.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import signal
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import wait
from typing import Any, TypeVar

from iadbe.costs.memory import LIMIT
from iadbe.runner.job import Work, work
from iadbe.runner.limits import Limits, Watch

_W = TypeVar("_W", bound=Work)
POLL_SECONDS = 0.2
GRACE_SECONDS = 3.0
PRELOAD = (
    "iadbe.metrics.evaluate",
    "iadbe.metrics.examples",
    "iadbe.runner.job",
    "iadbe.schemas",
    "plotly.colors",
    "scipy.ndimage",
    "sklearn.metrics",
    "zarr",
)
"""What every cell imports, whatever its model."""


class Pool:
    """Runs jobs, `workers` at a time.

    Args:
        workers: Processes at a time.
        preload: Modules that the fork server imports once.
        limits: What each of them may take.
    """

    def __init__(self, workers: int, preload: Iterable[str], limits: Limits | None = None) -> None:
        self.workers = workers
        self.limits = limits or Limits()
        method = "forkserver" if "forkserver" in mp.get_all_start_methods() else "spawn"
        self._context: Any = mp.get_context(method)
        threads = max(1, (os.cpu_count() or 1) // workers)
        os.environ.setdefault("OMP_NUM_THREADS", str(threads))
        # Anomalib asks for CUDA while it is imported; asked through NVML, forking stays possible.
        os.environ.setdefault("PYTORCH_NVML_BASED_CUDA_CHECK", "1")
        os.environ["IADBE_PRELOAD"] = ",".join(sorted({*PRELOAD, *preload}))
        os.environ[LIMIT] = str(self.limits.memory_gb or "")  # costs are measured within it
        if method == "forkserver":
            self._context.set_forkserver_preload(["iadbe.runner.preload"])

    def run(self, jobs: Sequence[_W]) -> Iterator[tuple[_W, Exception | None]]:
        """Yield each job as it ends, with how its process died, or None if it ended by itself.

        Whatever stops the iteration (Ctrl-C, say) ends the processes in flight.
        """
        waiting = list(jobs)
        running: dict[Any, tuple[_W, Watch]] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self.workers:
                    job = waiting.pop(0)
                    process = self._start(job)
                    running[process.sentinel] = (job, Watch(process, self.limits))
                for sentinel in wait(list(running), timeout=POLL_SECONDS):
                    job, watch = running.pop(sentinel)
                    watch.process.join()
                    yield job, _death(watch.process.exitcode)
                yield from _end_excessive(running)
        finally:
            _stop([watch.process for _, watch in running.values()])

    def _start(self, job: Work) -> Any:
        process = self._context.Process(target=work, args=(job,), name=job.cell_id)
        with _bare_main():
            process.start()
        return process


def _end_excessive(running: dict[Any, tuple[_W, Watch]]) -> Iterator[tuple[_W, Exception]]:
    """End the processes over a limit, and take them off the list."""
    for sentinel, (job, watch) in list(running.items()):
        if (excess := watch.excess()) is not None and watch.process.is_alive():
            watch.end()
            watch.process.join()
            del running[sentinel]
            yield job, excess


def _stop(processes: Sequence[Any]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(GRACE_SECONDS)
        if process.is_alive():  # Lightning, for one, defers SIGTERM to the end of a step
            process.kill()
        process.join()


@contextlib.contextmanager
def _bare_main() -> Iterator[None]:
    """Keep a worker from importing the caller's script again.

    It needs nothing from there, it would cost start-up time, and a script without the
    `if __name__ == "__main__"` guard would run itself once more.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _death(exitcode: int | None) -> Exception | None:
    """How a process died; None for the two codes with which a job ends by itself."""
    if exitcode in (0, 1):
        return None
    if exitcode is not None and exitcode < 0:
        name = signal.Signals(-exitcode).name
        hint = " (out of memory?)" if name == "SIGKILL" else ""
        return ChildProcessError(f"the worker was killed by {name}{hint}")
    return ChildProcessError(f"the worker ended with exit code {exitcode}")

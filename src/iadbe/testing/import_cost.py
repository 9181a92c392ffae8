"""What importing a model's module costs in a Python process that has seen nothing yet."""

from __future__ import annotations

import functools
import subprocess
import sys
from typing import NamedTuple

from iadbe.testing.address import environment
from iadbe.testing.subject import CheckFailedError

LIMIT_S = 1.0
"""Processor time, on top of the modules that every plugin imports."""

_PROGRAM = """
import importlib, sys, time
import numpy, pandas, pydantic, scipy.ndimage, scipy.stats
import iadbe.models.protocol
from iadbe.models import heavy
start = time.process_time()
importlib.import_module(sys.argv[1])
print()
print(time.process_time() - start, *heavy.loaded())
"""


class ImportCost(NamedTuple):
    """Seconds of processor time, and the deep learning libraries that came along."""

    seconds: float
    heavy: tuple[str, ...]


@functools.cache
def import_cost(module: str) -> ImportCost:
    """Import a module in a new process; again if that took too long, as it may have been compiled.

    Raises:
        CheckFailedError: If it cannot be imported there.
    """
    cost = _measured(module)
    return cost if cost.seconds <= LIMIT_S else min(cost, _measured(module))


def _measured(module: str) -> ImportCost:
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", _PROGRAM, module],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        cause = (done.stderr.strip().splitlines() or ["it died without a word"])[-1]
        raise CheckFailedError(f"importing {module} in a new process failed: {cause}")
    seconds, *heavy = done.stdout.splitlines()[-1].split()
    return ImportCost(float(seconds), tuple(heavy))

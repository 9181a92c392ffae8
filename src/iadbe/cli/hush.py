"""What third parties print goes to a file."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def hushed(log: Path) -> Iterator[None]:
    """Append stdout and stderr, native code's and child processes' too, to a file.

    Args:
        log: The file.
    """
    kept = [os.dup(stream) for stream in (1, 2)]
    with log.open("a", encoding="utf-8") as file:
        try:
            _point_at(file.fileno(), file.fileno())
            yield
        finally:
            _point_at(*kept)
            for descriptor in kept:
                os.close(descriptor)


def _point_at(out: int, err: int) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(out, 1)
    os.dup2(err, 2)

"""One run at a time in one result store, and a store that can be written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from iadbe.cells.ledger import Ledger
from iadbe.errors import DataError


@contextlib.contextmanager
def run_lock(catalog: Any) -> Iterator[None]:
    """Hold the result folder of a catalog's benchmark; see `store_lock`."""
    ledger: Ledger = catalog.load("ledger")
    with store_lock(ledger.root):
        yield


@contextlib.contextmanager
def store_lock(root: Path) -> Iterator[None]:
    """Hold a benchmark's result folder; the lock dies with the process.

    Raises:
        DataError: If another run holds it, or the folder cannot be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise DataError(
            f"Another run is writing to {root}: wait for it, or stop it first."
        ) from error
    except OSError as error:
        raise DataError(
            f"Cannot write results to {root} ({error.strerror}): make it writable, or give "
            "another folder in catalog.yml."
        ) from error
    try:
        yield
    finally:
        lock.release()

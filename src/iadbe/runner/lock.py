"""One run at a time in one result store, and a store that can be written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from filelock import FileLock, Timeout

from iadbe.cells.ledger import Ledger
from iadbe.errors import DataError


@contextlib.contextmanager
def run_lock(catalog: Any) -> Iterator[None]:
    """Hold the benchmark's result folder; the lock dies with the process.

    Raises:
        DataError: If another run holds it, or the folder cannot be written.
    """
    ledger: Ledger = catalog.load("ledger")
    try:
        ledger.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(ledger.root / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise DataError(
            f"Another run is writing to {ledger.root}: wait for it, or stop it first."
        ) from error
    except OSError as error:
        raise DataError(
            f"Cannot write results to {ledger.root} ({error.strerror}): make it writable, or give "
            "another folder in catalog.yml."
        ) from error
    try:
        yield
    finally:
        lock.release()

"""Anomalib's own progress bars, which would break into those of the runner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partialmethod
from importlib import import_module
from typing import Any


@contextmanager
def no_bars() -> Iterator[None]:
    """Within the context tqdm draws nothing."""
    bar: Any = import_module("tqdm.std").tqdm
    original = bar.__init__
    bar.__init__ = partialmethod(original, disable=True)
    try:
        yield
    finally:
        bar.__init__ = original

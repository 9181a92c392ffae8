"""Gives the process back what Ultralytics' trainer changes in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch

from iadbe.models.yolo.environment import unchanged_variables


@contextlib.contextmanager
def unchanged_process() -> Iterator[int]:
    """Restore torch's threads and its deterministic mode, and environment variables.

    Yields:
        The number of torch's threads, which the trainer's constructor sets to all cores but one.
    """
    threads = torch.get_num_threads()
    deterministic = torch.are_deterministic_algorithms_enabled()
    warn_only = torch.is_deterministic_algorithms_warn_only_enabled()
    memory: Any = torch.utils.deterministic
    filling = memory.fill_uninitialized_memory
    cudnn = torch.backends.cudnn.deterministic
    try:
        with unchanged_variables():
            yield threads
    finally:
        torch.set_num_threads(threads)
        torch.use_deterministic_algorithms(deterministic, warn_only=warn_only)
        memory.fill_uninitialized_memory = filling
        torch.backends.cudnn.deterministic = cudnn

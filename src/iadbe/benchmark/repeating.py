"""The commands that make a benchmark, or one cell of it, again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.selection import AXES

_NO_RESULT = ("cell", "images", "limits")
"""Runtime parameters of predictions and of the report's answer: no result depends on them."""


def command(env: str | None) -> str:
    """The command that runs a whole benchmark."""
    return f"kedro run --env {env}" if env else "kedro run"


def repeating(cell: Cell, env: str | None, runtime_params: Mapping[str, Any]) -> str:
    """The command that runs just one cell.

    Args:
        cell: The cell.
        env: The Kedro environment of its benchmark.
        runtime_params: Those of its run; what they override is overridden again.
    """
    chosen = [(option, str(getattr(cell, field))) for option, field in AXES.items()]
    ignored = (*AXES, *_NO_RESULT)
    overridden = {key: value for key, value in runtime_params.items() if key not in ignored}
    params = ",".join(f"{key}={value}" for key, value in [*chosen, *_flat(overridden)])
    return f"{command(env)} --params {shlex.quote(params)}"


def _flat(params: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """`{a: {b: 1}}` → `a.b`, 1, as `--params` takes it."""
    for key, value in params.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value

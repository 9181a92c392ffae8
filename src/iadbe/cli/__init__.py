"""The command line: `kedro run` with our runner, and the `iadbe` command.

Kedro looks here for `cli` and `run`. They load Kedro, which reads its logging configuration on
import: the `iadbe` command has to say first which one, so they are loaded when asked for.
"""

from typing import Any

__all__ = ["cli", "run"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from iadbe.cli import kedro_run

        return getattr(kedro_run, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

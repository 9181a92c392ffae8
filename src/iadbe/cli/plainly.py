"""Errors that IADBE raises on purpose are shown without a traceback."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from iadbe.errors import IadbeError

P = ParamSpec("P")
T = TypeVar("T")


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Show such an error as its message alone, with exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except Exception as error:
            if (known := _known(error)) is None:
                raise
            raise click.ClickException(str(known)) from error

    return wrapped


def _known(error: BaseException | None) -> IadbeError | None:
    """Our error, possibly below one of Kedro's that wraps it."""
    while error is not None and not isinstance(error, IadbeError):
        error = error.__cause__
    return error

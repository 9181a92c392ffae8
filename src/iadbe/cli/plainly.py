"""Mistakes that a user can mend, and Ctrl-C, are one line each and no traceback."""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

from iadbe.errors import IadbeError

P = ParamSpec("P")
T = TypeVar("T")

INTERRUPTED = 130
"""Exit code of a program that Ctrl-C ended: 128 + SIGINT."""
REFUSING = ("kedro.framework.session.session", "kedro.pipeline.pipeline", "kedro.utils")
"""Kedro's modules that refuse an option with a plain `ValueError` or `AttributeError`."""


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Show such an error as its message alone, with exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except KeyboardInterrupt:
            click.echo("Interrupted; whatever was finished is kept.", err=True)
            sys.exit(INTERRUPTED)
        except Exception as error:
            if (message := _message(error)) is None:
                raise
            raise click.ClickException(message) from error

    return wrapped


class PlainGroup(click.Group):
    """A group of commands, all of them plain."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        return plainly(super().invoke)(ctx)


def _message(error: Exception) -> str | None:
    """What to tell the user; None if the error is nobody's mistake but ours."""
    if (known := _known(error)) is not None:
        return str(known)
    return str(error) if _is_refusal(error) or _is_unreadable(error) else None


def _known(error: BaseException | None) -> IadbeError | None:
    """Our error, possibly below one of Kedro's or OmegaConf's that wraps it."""
    while error is not None and not isinstance(error, IadbeError):
        error = error.__cause__ or error.__context__
    return error


def _is_refusal(error: Exception) -> bool:
    """Whether Kedro refuses what an option says, e.g. a node that is not there."""
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    module = frame.f_globals.get("__name__")
    return isinstance(error, ValueError | AttributeError) and module in REFUSING


def _is_unreadable(error: Exception) -> bool:
    """Whether a configuration file is missing, or cannot be read as YAML or by OmegaConf."""
    from kedro.config import BadConfigException, MissingConfigException
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    kinds = (BadConfigException, MissingConfigException, OmegaConfBaseException, YAMLError)
    return isinstance(error, kinds)

"""Providers: entry points of group `iadbe.providers`, each of which registers many models.

A provider is a function without arguments that returns a dict: plugin name to `"module:Class"`, or
to the class itself. It is called whenever models are listed, so it must be quick.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import metadata

from iadbe.models import heavy
from iadbe.models.entry import PluginEntry

GROUP = "iadbe.providers"

Told = tuple[list[PluginEntry], list[str]]
"""What a provider registers, and a line for each thing that is wrong with it."""


def ask(point: metadata.EntryPoint, package: str, version: str) -> Told:
    """Call a provider; whatever it does wrong becomes a line, so that it hurts only itself.

    Args:
        point: The entry point.
        package: The distribution that registers it.
        version: Of that distribution.
    """
    where = f"model provider {point.name!r} of {package} {version} ({point.value})"
    before = heavy.loaded()
    try:
        given = point.load()()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a stranger's function does
        cause = " ".join(f"{type(error).__name__}: {error}".split())
        return [], [f"{where} failed: {cause}; repair, update or uninstall {package}"]
    if not isinstance(given, dict):
        return [], [f"{where} returns a {type(given).__name__}, not a dict of names to classes"]
    found = [
        PluginEntry(name, package, version, *_target(value))
        for name, value in given.items()
        if _problem(name, value) is None
    ]
    return found, [f"{where} {line}" for line in _mistakes(given, before)]


def _mistakes(given: dict[object, object], before: list[str]) -> Iterator[str]:
    for name, value in given.items():
        if problem := _problem(name, value):
            yield problem
    if new := [library for library in heavy.loaded() if library not in before]:
        yield (
            f"imports {', '.join(new)}, so that listing models takes seconds: give "
            '"module:Class" instead of classes, and import inside their methods'
        )


def _problem(name: object, value: object) -> str | None:
    if not isinstance(name, str) or not name:
        return f"gives {name!r} as a name: give a str"
    if inspect.isclass(value) or (isinstance(value, str) and ":" in value):
        return None
    return f'gives {value!r} for {name!r}: give "module:Class" or a class'


def _target(value: object) -> tuple[str, type | None]:
    if isinstance(value, type):
        return f"{value.__module__}:{value.__qualname__}", value
    return str(value), None

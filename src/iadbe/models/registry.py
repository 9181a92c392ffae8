"""Finds model plugins by their entry points and those of providers.

A plugin is imported only when it is asked for.
"""

from __future__ import annotations

import functools
from importlib import metadata
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from iadbe.benchmark.selection import did_you_mean
from iadbe.errors import ConfigError, PluginError
from iadbe.models import providers
from iadbe.models.entry import PluginEntry
from iadbe.models.protocol import AnomalyModel
from iadbe.models.sources import digest
from iadbe.models.structure import problem_with

GROUP = "iadbe.models"

_loaded: dict[type[AnomalyModel], PluginEntry] = {}


class Survey(NamedTuple):
    """Every registration on this machine, and a line for each provider that is at fault."""

    entries: tuple[PluginEntry, ...]
    problems: tuple[str, ...]


@functools.cache
def survey() -> Survey:
    """Read package metadata and call the providers; imports no plugin.

    Read once a process; `survey.cache_clear` makes it look again.
    """
    found = {
        PluginEntry(point.name, *_distribution(point.dist), point.value)
        for point in metadata.entry_points(group=GROUP)
    }
    problems: list[str] = []
    for point in metadata.entry_points(group=providers.GROUP):
        provided, wrong = providers.ask(point, *_distribution(point.dist))
        found.update(provided)
        problems += wrong
    ordered = sorted(found, key=lambda entry: (entry.name, entry.package))
    return Survey(tuple(ordered), tuple(sorted(problems)))


def entries() -> tuple[PluginEntry, ...]:
    """Every registration, by name; a name that two packages register is listed twice."""
    return survey().entries


def problems() -> list[str]:
    """A line for each name that is registered more than once, and each provider at fault."""
    twice = [name for name in names() if len(_registered(name)) > 1]
    return [_clash(name) for name in twice] + list(survey().problems)


def _distribution(dist: metadata.Distribution | None) -> tuple[str, str]:
    return (dist.name, dist.version) if dist is not None else ("an unnamed package", "")


def names() -> list[str]:
    """Names of all registered plugins, sorted."""
    return sorted({entry.name for entry in entries()})


def find(name: str) -> PluginEntry:
    """The registration of a plugin.

    Raises:
        PluginError: If no package, or more than one, registers the name.
    """
    found = _registered(name)
    if not found:
        hint = "".join(f"; {problem}" for problem in survey().problems)
        known = did_you_mean(name, names())
        raise PluginError(f"no model plugin {name!r} is installed; {known}{hint}")
    if len(found) > 1:
        raise PluginError(_clash(name))
    return found[0]


def _registered(name: str) -> list[PluginEntry]:
    return [entry for entry in entries() if entry.name == name]


def _clash(name: str) -> str:
    origins = " and ".join(entry.origin for entry in _registered(name))
    return f"model plugin {name!r} is registered by {origins}; uninstall all but one of them"


def provider(name: str) -> tuple[str, str]:
    """Name and version of the distribution that registers a plugin.

    Raises:
        PluginError: If no package, or more than one, registers the name.
    """
    entry = find(name)
    return entry.package, entry.version


def load_plugin(name: str) -> type[AnomalyModel]:
    """Import a plugin and check that it has the form of one.

    Raises:
        PluginError: If it is unknown or registered twice, or `load_plugin_of` refuses it.
    """
    return load_plugin_of(find(name))


@functools.cache
def load_plugin_of(entry: PluginEntry) -> type[AnomalyModel]:
    """Import what an entry points to and check that it has the form of a plugin.

    Raises:
        PluginError: If it cannot be imported, was written for another API version, or lacks a
            member of the contract.
    """
    where = f"model plugin {entry.name!r} of {entry.origin} ({entry.target})"
    try:
        plugin = entry.given or metadata.EntryPoint(entry.name, entry.target, GROUP).load()
    except (Exception, SystemExit) as error:  # whatever a stranger's module does
        cause = " ".join(f"{type(error).__name__}: {error}".split())
        raise PluginError(
            f"{where} cannot be imported: {cause}; repair, update or uninstall {entry.package}"
        ) from error
    if problem := problem_with(plugin, entry.package):
        raise PluginError(f"{where} {problem}")
    _loaded[plugin] = entry
    return plugin


def registered_name(plugin: type[AnomalyModel]) -> str | None:
    """The name that a class was loaded under by `load_plugin`, if it was."""
    entry = _loaded.get(plugin)
    return entry.name if entry else None


def code_version(plugin: type[AnomalyModel]) -> str:
    """What code a plugin is: changes whenever its results may, even in an editable install.

    Args:
        plugin: A class from `load_plugin`, or any other model class.

    Returns:
        `<package>==<version>+<8 hex of its sources>`, then `<library>==<version>` for each name in
        its `libraries`.
    """
    entry = _loaded.get(plugin)
    origin = f"{entry.package}=={entry.version}" if entry else "unregistered==0"
    libraries: tuple[str, ...] = getattr(plugin, "libraries", ())
    versions = [f"{name}=={_version(name)}" for name in libraries]
    return " ".join([f"{origin}+{digest(plugin.__module__)}", *versions])


@functools.cache
def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "absent"


def validate_params(
    plugin: type[AnomalyModel], params: dict[str, Any], model: str = ""
) -> BaseModel:
    """Check the parameters of a model against those its plugin takes.

    Args:
        plugin: The plugin's class.
        params: What the configuration says.
        model: The name of the model in the configuration; by default that of the class.

    Raises:
        ConfigError: One line a mistake, naming the model, the key and what is allowed.
    """
    try:
        return plugin.Params.model_validate(params)
    except ValidationError as error:
        known = list(plugin.Params.model_fields)
        prefix = f"model {model or plugin.__name__!r}: params"
        lines = [_mistake(detail, prefix, known) for detail in error.errors()]
        raise ConfigError("\n".join(lines)) from error


def _mistake(detail: Any, prefix: str, known: list[str]) -> str:
    """One of pydantic's errors in a line."""
    key = ".".join([prefix, *map(str, detail["loc"])])
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        nested = len(detail["loc"]) > 1
        hint = "" if nested else f"; {did_you_mean(str(detail['loc'][0]), known)}"
        return f"{key}: no such parameter{hint}"
    if detail["type"] == "missing":
        return f"{key}: this parameter is required"
    return f"{key}: {message}, not {detail['input']!r}"

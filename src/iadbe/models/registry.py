"""Finds model plugins by their entry points; a plugin is imported only when it is asked for."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from pydantic import BaseModel, ValidationError

from iadbe.benchmark.selection import did_you_mean
from iadbe.errors import ConfigError, PluginError
from iadbe.models.protocol import AnomalyModel
from iadbe.models.sources import digest
from iadbe.models.structure import problem_with

GROUP = "iadbe.models"


@dataclass(frozen=True)
class PluginEntry:
    """One registration of a plugin, read from package metadata alone.

    `target` is `module:Class`; `package` and `version` name the distribution that registers it.
    """

    name: str
    package: str
    version: str
    target: str

    @property
    def origin(self) -> str:
        """Package and version, as messages name them."""
        return f"{self.package} {self.version}"


_loaded: dict[type[AnomalyModel], PluginEntry] = {}


@functools.cache
def entries() -> tuple[PluginEntry, ...]:
    """Every registration on this machine, by name; imports no plugin.

    A name that two packages register is listed twice. Read once a process; `entries.cache_clear`
    makes it look again.
    """
    found = {
        PluginEntry(point.name, *_distribution(point.dist), point.value)
        for point in metadata.entry_points(group=GROUP)
    }
    return tuple(sorted(found, key=lambda entry: (entry.name, entry.package)))


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
    found = [entry for entry in entries() if entry.name == name]
    if not found:
        raise PluginError(f"no model plugin {name!r} is installed; {did_you_mean(name, names())}")
    if len(found) > 1:
        origins = " and ".join(entry.origin for entry in found)
        raise PluginError(
            f"model plugin {name!r} is registered by {origins}; uninstall all but one of them"
        )
    return found[0]


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
        plugin = metadata.EntryPoint(entry.name, entry.target, GROUP).load()
    except (Exception, SystemExit) as error:  # whatever a stranger's module does
        cause = " ".join(f"{type(error).__name__}: {error}".split())
        raise PluginError(
            f"{where} cannot be imported: {cause}; repair, update or uninstall {entry.package}"
        ) from error
    if problem := problem_with(plugin, entry.package):
        raise PluginError(f"{where} {problem}")
    _loaded[plugin] = entry
    return plugin  # type: ignore[no-any-return]


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

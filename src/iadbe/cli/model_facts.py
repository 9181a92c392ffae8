"""A configured model, or a plugin by itself, with what is known of it without torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from iadbe.benchmark.check import check_entry
from iadbe.benchmark.selection import did_you_mean
from iadbe.benchmark.spec import ModelEntry
from iadbe.cli.configuration import loader
from iadbe.errors import ConfigError
from iadbe.models.card import Card, card_of
from iadbe.models.protocol import AnomalyModel
from iadbe.models.registry import load_plugin, names, validate_params

FILE = "parameters_models.yml"


@dataclass(frozen=True)
class ModelFacts:
    """What `iadbe models` knows of a model.

    Attributes:
        name: Of the entry, or of the plugin.
        entry: The entry; one made up for a plugin that has none.
        plugin: The class.
        params: The validated parameters; None for a plugin that cannot do without an entry.
        model: An instance, as what it does may depend on its parameters; else the class.
        card: The plugin's card, overridden by the entry's.
    """

    name: str
    entry: ModelEntry
    plugin: type[AnomalyModel]
    params: BaseModel | None
    model: AnomalyModel | type[AnomalyModel]
    card: Card


def configured(env: str | None) -> dict[str, Any]:
    """The entries below `model:` of an environment, unchecked."""
    given = loader(env)["parameters"].get("model") or {}
    return {str(name): entry for name, entry in given.items()}


def named(name: str, env: str | None) -> ModelFacts:
    """The configured model of a name, else the plugin of that name.

    Raises:
        ConfigError: If there is neither, or the entry has a mistake.
        PluginError: If the plugin cannot be had.
    """
    entries = configured(env)
    if name in entries:
        return of_entry(name, entries[name])
    if name in names():
        return of_plugin(name)
    known = did_you_mean(name, sorted({*entries, *names()}))
    raise ConfigError(f"no model or plugin {name!r}; {known}.")


def of_entry(name: str, raw: Any) -> ModelFacts:
    """What is known of a configured model.

    Raises:
        ConfigError: If the entry has a mistake.
        PluginError: If its plugin cannot be had.
    """
    entry = check_entry(raw, name, FILE)
    plugin = load_plugin(entry.plugin)
    params = validate_params(plugin, entry.params, name)
    card = card_of(plugin, entry.card)
    return ModelFacts(name, entry, plugin, params, plugin(params, "cpu"), card)


def of_plugin(name: str) -> ModelFacts:
    """What is known of a plugin without an entry.

    Raises:
        PluginError: If it cannot be had.
    """
    plugin, entry = load_plugin(name), ModelEntry(plugin=name)
    try:
        params = plugin.Params()
    except ValidationError:
        return ModelFacts(name, entry, plugin, None, plugin, card_of(plugin))
    return ModelFacts(name, entry, plugin, params, plugin(params, "cpu"), card_of(plugin))

"""Whether a class has the form of a model plugin, told without making or running one."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from iadbe.models.card import Card
from iadbe.models.protocol import API_VERSION, Supervision

_METHODS = ("fit", "predict", "save", "load")
_ASKED_OF_PARAMS = ("weights", "stand_ins", "files")
_NAMES = ("libraries", "preload")
_COUNT = "parameter_count"


def problem_with(plugin: object, package: str) -> str | None:
    """What keeps an object from being a plugin of this IADBE, and what to do about it.

    Args:
        plugin: What the entry point refers to.
        package: The distribution that registers it.

    Returns:
        The rest of a sentence that begins with the plugin's name, or None if all is well.
    """
    version = getattr(plugin, "api_version", None)
    if isinstance(version, int) and version != API_VERSION:
        remedy = f"update {package}" if version < API_VERSION else "update iadbe"
        return f"speaks API version {version}, but this iadbe speaks {API_VERSION}: {remedy}"
    if problems := [*contract_problems(plugin), *optional_problems(plugin)]:
        listed = "; ".join(problems)
        return f"breaks the model contract: {listed}; repair, update or uninstall {package}"
    return None


def contract_problems(plugin: object) -> Iterator[str]:
    """Each member of the contract that is missing or wrong, with what it should be."""
    if not inspect.isclass(plugin):
        yield f"{plugin!r} is not a class"
        return
    yield from _bad_attributes(plugin)
    for name in _METHODS:
        if not callable(getattr(plugin, name, None)):
            yield f"no method {name}()"
    if hasattr(plugin, "load") and not inspect.ismethod(plugin.load):
        yield "load() must be a @classmethod"
    try:
        inspect.signature(plugin).bind("params", "device")
    except (TypeError, ValueError):
        yield "__init__ must take (params, device)"


def _bad_attributes(plugin: type) -> Iterator[str]:
    version = getattr(plugin, "api_version", None)
    if isinstance(version, bool) or version != API_VERSION:
        yield f"api_version must be {API_VERSION}, not {version!r}"
    allowed = get_args(Supervision)
    supervision = getattr(plugin, "supervision", None)
    if supervision not in allowed:
        yield f"supervision must be one of {', '.join(allowed)}, not {supervision!r}"
    localizes = getattr(plugin, "localizes", None)
    if not isinstance(localizes, bool):
        yield f"localizes must be True or False, not {localizes!r}"
    params = getattr(plugin, "Params", None)
    if not (inspect.isclass(params) and issubclass(params, BaseModel)):
        yield "Params must be a pydantic model"
    elif params.model_config.get("extra") != "forbid":
        yield "Params must refuse unknown keys: model_config = ConfigDict(extra='forbid')"


def optional_problems(plugin: object) -> Iterator[str]:
    """Each optional member that is there but wrong, with what it should be."""
    for name in _ASKED_OF_PARAMS:
        if hasattr(plugin, name) and not _takes_params(getattr(plugin, name)):
            yield f"{name}() must be a @classmethod that takes (params)"
    card = getattr(plugin, "card", None)
    if card is not None and not isinstance(card, Card):
        yield f"card must be an iadbe.models.card.Card, not a {type(card).__name__}"
    for name in _NAMES:
        value = getattr(plugin, name, ())
        if not (isinstance(value, tuple) and all(isinstance(part, str) for part in value)):
            yield f"{name} must be a tuple of names, not {value!r}"
    if hasattr(plugin, _COUNT) and not inspect.isfunction(getattr(plugin, _COUNT)):
        yield f"{_COUNT} must be a method, {_COUNT}(self)"


def _takes_params(method: object) -> bool:
    try:
        return callable(method) and bool(inspect.signature(method).bind("params"))
    except (TypeError, ValueError):
        return False

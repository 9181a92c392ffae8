"""Which weights each configured model reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from iadbe.errors import IadbeError
from iadbe.models.registry import load_plugin, validate_params
from iadbe.models.weights.requirement import Weights


@dataclass(frozen=True)
class Need:
    """What one model reads.

    Attributes:
        model: Its name in the configuration.
        weights: What it reads; nothing if it starts from random weights.
        problem: Why that cannot be told, in one line.
    """

    model: str
    weights: tuple[Weights, ...] = ()
    problem: str | None = None


def needs(entries: Mapping[str, Any], models: Iterable[str]) -> list[Need]:
    """What models read; a model that cannot be loaded hurts no other.

    Args:
        entries: The configuration below `model:`, by name.
        models: Names of the models to tell of.
    """
    return [_need(model, entries[model] or {}) for model in models]


def _need(model: str, entry: Mapping[str, Any]) -> Need:
    try:
        return Need(model, _weights(model, entry))
    except IadbeError as error:
        return Need(model, problem=" ".join(str(error).split()))
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything here
        return Need(model, problem=" ".join(f"{type(error).__name__}: {error}".split()))


def _weights(model: str, entry: Mapping[str, Any]) -> tuple[Weights, ...]:
    plugin = load_plugin(str(entry.get("plugin")))
    params = validate_params(plugin, dict(entry.get("params") or {}), model)
    declared = getattr(plugin, "weights", None)
    return tuple(declared(params)) if declared else ()

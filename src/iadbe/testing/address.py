"""How another process finds the class under test."""

from __future__ import annotations

import functools
import importlib
import os
import sys
from typing import Any

from iadbe.models.protocol import AnomalyModel
from iadbe.models.registry import load_plugin, registered_name
from iadbe.testing.subject import CheckFailedError

_PLUGIN = "plugin"


def address_of(model_class: type[AnomalyModel]) -> tuple[str, str]:
    """Module and qualified name, or `plugin` and the name it is registered under.

    Raises:
        CheckFailedError: If it has neither.
    """
    module, name = model_class.__module__, model_class.__qualname__
    if module != "__main__" and _resolve(module, name) is model_class:
        return module, name
    if registered := registered_name(model_class):
        return _PLUGIN, registered
    raise CheckFailedError(
        f"{name} cannot be imported by another process: define it at the top level of a module, or "
        "give it by a registered provider"
    )


def class_at(module: str, name: str) -> type[AnomalyModel]:
    """The class at an address."""
    if module == _PLUGIN:
        return load_plugin(name)
    importlib.import_module(module)
    found: type[AnomalyModel] = _resolve(module, name)
    return found


def environment() -> dict[str, str]:
    """Environment variables with which another process imports what this one can."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}


def _resolve(module: str, name: str) -> Any:
    found: Any = sys.modules.get(module)
    return functools.reduce(lambda part, key: getattr(part, key, None), name.split("."), found)

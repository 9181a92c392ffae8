"""A layout's options, checked against the signature of its index function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import ConfigDict, ValidationError, create_model

from iadbe.errors import ConfigError

CACHE = "cache"
"""The keyword by which a layout that writes files asks for the folder to write them into."""
_GIVEN = 2


def checked_options(
    layout: str, index: Callable[..., Any], options: Mapping[str, Any], cache: Path
) -> dict[str, Any]:
    """The keyword arguments of an index function.

    Args:
        layout: Name of the layout, for messages.
        index: Its index function; keywords after root and category are its options.
        options: What the catalog gives.
        cache: Folder for files that the layout makes; passed on if it has a keyword `cache`.

    Raises:
        ConfigError: If there is no such option, one is missing, or a value is of the wrong kind.
    """
    keywords = list(inspect.signature(index).parameters.values())[_GIVEN:]
    known = [word.name for word in keywords if word.name != CACHE]
    for name in options:
        if name not in known:
            raise ConfigError(_unknown(layout, name, known))
    values = _validated(layout, index, [k for k in keywords if k.name != CACHE], options)
    wants_cache = any(word.name == CACHE for word in keywords)
    return values | ({CACHE: cache} if wants_cache else {})


def _validated(
    layout: str,
    index: Callable[..., Any],
    keywords: list[inspect.Parameter],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    hints = get_type_hints(index, include_extras=True)
    fields: dict[str, Any] = {
        word.name: (
            hints.get(word.name, Any),
            ... if word.default is inspect.Parameter.empty else word.default,
        )
        for word in keywords
    }
    model = create_model("Options", __config__=ConfigDict(extra="forbid"), **fields)
    try:
        checked = model.model_validate(dict(options))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"][:1]))
        given = f", not {fault['input']!r}" if fault["type"] != "missing" else ""
        message = f"layout '{layout}': option '{where}': {fault['msg']}{given}. "
        raise ConfigError(message + "Correct it below `options` in catalog.yml.") from error
    return {name: getattr(checked, name) for name in checked.model_fields_set}


def _unknown(layout: str, name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"layout '{layout}' has no option '{name}'.{hint} It has: {', '.join(known) or 'none'}."

"""Layouts of raw datasets: each turns a folder of images into rows of the samples manifest.

A layout is a function `index(root: Path, category: str, **options) -> pandas.DataFrame`, registered
under the entry-point group `iadbe.layouts`; see `iadbe.layouts.mvtec_ad.index` for the columns.
Keywords are its options in the catalog; one called `cache` gets a folder for files that it makes.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from iadbe.errors import ConfigError, PluginError

if TYPE_CHECKING:
    import pandas as pd

GROUP = "iadbe.layouts"
Layout = Callable[..., "pd.DataFrame"]


def load_layout(name: str) -> Layout:
    """The index function of a layout.

    Args:
        name: Name of an entry point of the group `iadbe.layouts`, e.g. `mvtec_ad`.

    Raises:
        ConfigError: If no installed package offers this layout.
        PluginError: If two packages offer it, or importing it fails.
    """
    known = entry_points(group=GROUP)
    if name not in known.names:
        raise ConfigError(_unknown(name, sorted(known.names)))
    return _load(name, list(known.select(name=name)))


def _load(name: str, offers: list[EntryPoint]) -> Layout:
    packages = [point.dist.name if point.dist else point.value for point in offers]
    if len(offers) > 1:
        message = f"layout '{name}' is offered by {' and '.join(packages)}: uninstall one of them."
        raise PluginError(message)
    try:
        return cast("Layout", offers[0].load())
    except Exception as error:  # a stranger's module may raise anything on import
        message = f"layout '{name}' of package {packages[0]} cannot be imported: {error!r}"
        raise PluginError(message) from error


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"no layout '{name}'.{hint} Installed: {', '.join(known) or 'none'}."

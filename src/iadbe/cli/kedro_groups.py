"""Kedro's `catalog` and `registry` commands, with mistakes in the configuration told plainly."""

from __future__ import annotations

import click
from kedro.framework.cli.catalog import catalog as kedro_catalog
from kedro.framework.cli.registry import registry as kedro_registry

from iadbe.cli.plainly import PlainGroup


def _plain(group: click.Group) -> click.Group:
    return PlainGroup(group.name, commands=group.commands, help=group.help)


catalog = _plain(kedro_catalog)
registry = _plain(kedro_registry)

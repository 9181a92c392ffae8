"""The files that a model of given parameters reads, on this machine."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from iadbe.models.protocol import AnomalyModel


def files_of(plugin: type[AnomalyModel], params: BaseModel) -> list[Path]:
    """What a plugin's `files` says, else where its `weights` are; fetched if a hub is in reach.

    Raises:
        WeightsError: If a file is neither on this machine nor to be had.
    """
    if hasattr(plugin, "files"):
        return list(plugin.files(params))
    if not hasattr(plugin, "weights"):
        return []
    from iadbe.models.weights import resolve

    return [resolve(weights) for weights in plugin.weights(params)]

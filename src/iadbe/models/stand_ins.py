"""Random weights in place of pretrained ones: named, so that no such result is ever ranked."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel

from iadbe.models.protocol import AnomalyModel


def stand_ins(plugin: type[AnomalyModel], params: BaseModel) -> list[str]:
    """Pretrained weights that random ones stand in for; see `iadbe.models.protocol.HasStandIns`."""
    ask: Callable[[BaseModel], list[str]] | None = getattr(plugin, "stand_ins", None)
    return list(ask(params)) if ask else []

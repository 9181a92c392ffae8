"""What timm knows of the pretrained weights of its backbones: repository, licence, pixel scale."""

from __future__ import annotations

import difflib
import importlib.util
from pathlib import Path
from typing import Any

from iadbe.errors import WeightsError
from iadbe.models.weights import hub
from iadbe.models.weights.unavailable import UnavailableError

_FILES = ("model.safetensors", "pytorch_model.bin")


def cached(backbone: str) -> Path | None:
    """A backbone's file in the Hugging Face cache.

    Raises:
        WeightsError: If timm knows no such backbone.
    """
    if importlib.util.find_spec("timm") is None:
        return None
    repository, names = _place(backbone)
    found = (hub.cached(repository, name) for name in names if repository)
    return next((file for file in found if file), None)


def fetch(backbone: str) -> Path:
    """A backbone's file, downloaded into the Hugging Face cache.

    Raises:
        UnavailableError: If the hub does not give it.
        WeightsError: If timm knows no such backbone.
    """
    if importlib.util.find_spec("timm") is None:
        raise UnavailableError("timm is not installed: pip install 'iadbe[anomalib]'")
    repository, names = _place(backbone)
    if not repository:
        raise UnavailableError(f"timm names no repository for {backbone}")
    return hub.fetch(repository, names)


def what(backbone: str) -> str:
    """What the file is on the hub, for messages."""
    repository = _place(backbone)[0] if importlib.util.find_spec("timm") else None
    return f"{_FILES[0]} of {repository} on the Hugging Face hub" if repository else "of timm"


def licence(backbone: str) -> str | None:
    """The licence of the weights as timm has it."""
    return timm_config(backbone).license or None if importlib.util.find_spec("timm") else None


def timm_config(backbone: str) -> Any:
    """What timm says of a backbone's default pretrained weights.

    Raises:
        WeightsError: If timm knows no such backbone.
    """
    import timm

    if not timm.is_model(backbone):
        near = difflib.get_close_matches(backbone, timm.list_models(), n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise WeightsError(f"timm knows no backbone '{backbone}'{hint}")
    return timm.get_pretrained_cfg(backbone, allow_unregistered=False)


def _place(backbone: str) -> tuple[str | None, tuple[str, ...]]:
    config = timm_config(backbone)
    names = (config.hf_hub_filename,) if config.hf_hub_filename else _FILES
    return config.hf_hub_id, names

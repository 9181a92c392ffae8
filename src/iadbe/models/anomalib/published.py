"""Files that Anomalib's models would download by themselves, given to them from this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import torch
from anomalib.models.components import AnomalibModule

from iadbe.models.anomalib import needs
from iadbe.models.anomalib.archives import file_in
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.weights import resolve

_DSR_FILE = "vq_model_pretrained_128_4096.pckl"


@contextmanager
def while_building(params: AnomalibParams, *, pretrained: bool) -> Iterator[None]:
    """Within the context constructors read local files, or none at all.

    Args:
        params: The model; those of timm and torchvision are not the matter here.
        pretrained: False leaves networks random.
    """
    changes = {"AnomalyVFM": _anomaly_vfm, "WinClip": _win_clip}.get(params.name)
    with ExitStack() as stack:
        for owner, name, value in changes(pretrained=pretrained) if changes else ():
            stack.enter_context(_replaced(owner, name, value))
        yield


def before_training(module: AnomalibModule, params: AnomalibParams) -> None:
    """Replace the downloads that EfficientAD and DSR start when they begin to train."""
    change: Any = module
    if params.name == "EfficientAd":
        change.prepare_pretrained_model = partial(_load_teacher, module, _teacher(params))
    if params.name == "Dsr":
        file = _codebook(params)
        change.prepare_pretrained_model = lambda: file
        if file is None:
            change.model.load_pretrained_discrete_model_weights = lambda *_: None


def _anomaly_vfm(*, pretrained: bool) -> list[tuple[Any, str, Any]]:
    from anomalib.models.image.anomalyvfm import torch_model

    if pretrained:
        return [(torch_model, "hf_hub_download", lambda **_: resolve(needs.ANOMALY_VFM))]
    return [
        (torch_model, "hf_hub_download", lambda **_: None),
        (torch_model, "load_file", lambda _: None),
        (torch_model.AnomalyVFMModel, "load_state_dict", lambda *_: None),
    ]


def _win_clip(*, pretrained: bool) -> list[tuple[Any, str, Any]]:
    """open_clip takes a file in place of the name of published weights."""
    from anomalib.models.image.winclip import torch_model

    return [(torch_model, "PRETRAINED", str(resolve(needs.WINCLIP)) if pretrained else None)]


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    inherited = name not in vars(owner)
    original = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if inherited:
            delattr(owner, name)
        else:
            setattr(owner, name, original)


def _teacher(params: AnomalibParams) -> Path | None:
    if params.weights == "random":
        return None
    size = params.settings["model_size"] or "small"
    return file_in(resolve(needs.EFFICIENT_AD_TEACHERS), f"pretrained_teacher_{size}.pth")


def _load_teacher(module: Any, file: Path | None) -> None:
    if file is not None:
        state = torch.load(file, map_location=module.device, weights_only=True)
        module.model.teacher.load_state_dict(state)


def _codebook(params: AnomalibParams) -> Path | None:
    return None if params.weights == "random" else file_in(resolve(needs.DSR_CODEBOOK), _DSR_FILE)

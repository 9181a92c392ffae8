"""Input sizes that a model can take, checked before anything is built."""

from __future__ import annotations

import re

from iadbe.errors import ConfigError
from iadbe.models.anomalib.params import AnomalibParams

_EXACT = {
    ("WinClip", None): 240,
    ("Uflow", "mcait"): 448,
    ("Fastflow", "cait_m48_448"): 448,
    ("Fastflow", "deit_base_distilled_patch16_384"): 384,
}
"""Model and backbone with an embedding of fixed positions."""

_MULTIPLE = {
    "AnomalyVFM": 16,
    "Csflow": 128,
    "Draem": 32,
    "Dsr": 16,
    "Fastflow": 16,
    "L2BT": 14,
    "ReverseDistillation": 32,
    "Uflow": 16,
    "UniNet": 32,
}
"""Models whose grids must halve evenly, or whose transformer is fixed."""

_SMALLEST = {"Draem": 32, "Dsr": 64, "EfficientAd": 256, "Glass": 32, "Supersimplenet": 128}
"""Perlin noise has up to 32 cells an edge, in SuperSimpleNet on a grid of a quarter of the image;
EfficientAD's autoencoder ends in a kernel of 8 pixels at stride 32."""


def check_size(params: AnomalibParams, size: int) -> None:
    """Refuse an input size that the model cannot take.

    Args:
        params: The model and its backbone.
        size: Edge of its input in pixels.

    Raises:
        ConfigError: In one line, with the nearest size that fits.
    """
    network = params.settings.get("backbone")
    exact = _EXACT.get((params.name, network)) or _EXACT.get((params.name, None))
    if exact is not None:
        _require(size == exact, params, size, f"exactly {exact}", exact)
        return
    smallest = _SMALLEST.get(params.name, 1)
    _require(size >= smallest, params, size, f"at least {smallest}", smallest)
    step = _patch(params) or _MULTIPLE.get(params.name, 1)
    nearest = max(step, round(size / step) * step)
    _require(size % step == 0, params, size, f"a multiple of {step}", nearest)


def _require(fits: bool, params: AnomalibParams, size: int, rule: str, remedy: int) -> None:
    if not fits:
        raise ConfigError(
            f"{params.name} takes images of {rule} px, not {size}: set params.image_size: {remedy}"
        )


def _patch(params: AnomalibParams) -> int | None:
    """Edge of a vision transformer's patches, as its name tells."""
    names = (params.settings.get(key) for key in ("backbone", "encoder_name"))
    name = next((name for name in names if isinstance(name, str)), "")
    found = re.search(r"patch(\d+)|dinov\d_vit_[a-z]+_(\d+)", name)
    return int(found.group(1) or found.group(2)) if found else None

"""Constructor arguments that follow from the size of the images and the length of the training."""

from __future__ import annotations

from typing import Any

import torch

from iadbe.errors import ConfigError
from iadbe.models.anomalib import signatures
from iadbe.models.anomalib.params import AnomalibParams


def arguments(params: AnomalibParams, size: int) -> dict[str, Any]:
    """The arguments of a model's constructor.

    Args:
        params: What the user says.
        size: Edge of the model's input in pixels.

    Returns:
        The user's arguments, with those that follow from others filled in, and lists as tuples
        where the constructor has a tuple: DRAEM silently ignores a list for `beta`.

    Raises:
        ConfigError: If the user's argument contradicts what it follows from.
    """
    defaults = signatures.arguments(params.name)
    given = {
        name: tuple(value) if _wants_tuple(defaults[name], value) else value
        for name, value in params.args.items()
    }
    for name, value in _following(params, size).items():
        if given.get(name) not in (None, value):
            raise ConfigError(
                f"{params.name}: args.{name} is {given[name]!r}, but must be {value!r} for images "
                f"of {size} px: leave it out, it is filled in"
            )
        given[name] = value
    return given


def _wants_tuple(default: Any, value: Any) -> bool:
    return isinstance(default, tuple) and isinstance(value, list)


def _following(params: AnomalibParams, size: int) -> dict[str, Any]:
    if params.name == "Glass":
        return {"input_shape": (size, size)}
    if params.name == "FoundAD":
        return {"image_size": size}
    if params.name == "GeneralAD" and params.epochs is not None:
        return {"epochs": params.epochs}
    if params.name == "Fre":
        return {"input_dim": _flattened_features(params, size)}
    return {}


def _flattened_features(params: AnomalibParams, size: int) -> int:
    """Channels times height times width of FRE's pooled layer."""
    import timm
    from torch.nn import functional

    settings = params.settings
    with torch.device("meta"):
        network: Any = timm.create_model(str(params.backbone), features_only=True)
        features = network(torch.zeros(1, 3, size, size))
    layer = features[network.feature_info.module_name().index(settings["layer"])]
    kernel = settings["pooling_kernel_size"]
    return int((functional.avg_pool2d(layer, kernel) if kernel > 1 else layer).numel())

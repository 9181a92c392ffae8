"""timm's backbones with weights that were found on this machine, or with random ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iadbe.models.weights.locate import resolve
from iadbe.models.weights.packaged import PACKAGED_BACKBONE, packaged_state
from iadbe.models.weights.requirement import timm_weights
from iadbe.models.weights.timm_origin import timm_config


def weights_file(backbone: str) -> Path:
    """The file with the pretrained weights of a backbone; downloads it only as the last resort.

    Args:
        backbone: A timm model name, with or without its tag, e.g. `resnet18.a1_in1k`.

    Returns:
        An existing checkpoint file.

    Raises:
        WeightsError: If timm knows no such backbone or no source has its weights.
    """
    return resolve(timm_weights(backbone))


def normalization(backbone: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and standard deviation (RGB, of pixels in [0, 1]) that a backbone was trained with.

    Raises:
        WeightsError: If timm knows no such backbone.
    """
    config = timm_config(backbone)
    return tuple(config.mean), tuple(config.std)


@contextmanager
def local_backbones(*, pretrained: bool) -> Iterator[None]:
    """Within the context every `timm.create_model(..., pretrained=True)` loads `weights_file`.

    timm's own `pretrained_cfg_overlay` does the loading.

    Args:
        pretrained: False builds every backbone with random weights and reads no file at all.
    """
    import timm

    library: Any = timm
    original = library.create_model

    def create_model(model_name: str, **options: Any) -> Any:
        if not pretrained:
            options["pretrained"] = False
        elif options.get("pretrained") and ":" not in model_name:
            options["pretrained_cfg_overlay"] = _overlay(model_name)
        return original(model_name, **options)

    library.create_model = create_model
    try:
        yield
    finally:
        library.create_model = original


def _overlay(backbone: str) -> dict[str, Any]:
    """What tells timm where the weights are; timm reads a file with `weights_only=True`."""
    file = weights_file(backbone)
    if backbone == PACKAGED_BACKBONE and file.suffix == ".pth":
        return {"state_dict": packaged_state(file)}
    # A few models have a loader for their authors' own format, which older timm would use here.
    return {"file": str(file), "custom_load": False}

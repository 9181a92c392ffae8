"""Constructs an Anomalib model for images that are already decoded and resized."""

from __future__ import annotations

import difflib
from typing import Any

import torch
from anomalib.models import image as image_models
from anomalib.models.components import AnomalibModule
from anomalib.pre_processing import PreProcessor
from torchvision.transforms.v2 import Compose, Normalize, Resize, Transform

from iadbe.errors import ConfigError, WeightsError
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.weights import local_weights, normalization


def build(params: AnomalibParams, size: int, *, pretrained: bool) -> AnomalibModule:
    """Construct the Lightning module without visualizer, evaluator and post-processor.

    Args:
        params: Validated parameters.
        size: Edge length in pixels of the images it will see.
        pretrained: False builds random backbones and reads no weights, to load a saved state.

    Raises:
        ConfigError: If the backbone lacks one of the layers, or Anomalib refuses an argument.
        WeightsError: If the backbone's pretrained weights are not on this machine.
    """
    model_class = getattr(image_models, params.name)
    _check_layers(params)
    pre_processor = PreProcessor(transform=_transform(model_class, params.backbone, size))
    with local_weights(pretrained=pretrained):
        try:
            module: AnomalibModule = model_class(
                **params.args,
                pre_processor=pre_processor,
                post_processor=False,
                evaluator=False,
                visualizer=False,
            )
        except (TypeError, ValueError) as error:
            raise ConfigError(f"Anomalib refuses the args of {params.name}: {error}") from error
        except OSError as error:  # a download of the model's own, past timm
            raise WeightsError(
                f"{params.name} fetches weights of its own and could not: {error}; "
                "run it once where its hub is in reach and copy the cache (TORCH_HOME, HF_HOME)"
            ) from error
    return module


def _transform(model_class: type[AnomalibModule], backbone: str | None, size: int) -> Transform:
    """The model's own normalization, with the mean and deviation that its backbone expects.

    The resize changes nothing at `size`; it is what tells a model its input size.
    """
    resize = Resize((size, size), antialias=True)
    own = model_class.configure_pre_processor()
    steps: list[Transform] = [step for step in _steps(own) if isinstance(step, Normalize)]
    if steps and backbone is not None:
        mean, std = normalization(backbone)
        steps = [Normalize(mean=list(mean), std=list(std))]
    return Compose([resize, *steps])


def _steps(pre_processor: PreProcessor | None) -> list[Transform]:
    if pre_processor is None or pre_processor.transform is None:
        return []
    return list(getattr(pre_processor.transform, "transforms", [pre_processor.transform]))


def _check_layers(params: AnomalibParams) -> None:
    """Anomalib drops unknown layers with a warning and mixes up those that follow them."""
    wanted = _layers(params.settings)
    if params.backbone is None or "vit" in params.backbone or not wanted:
        return
    known = _layer_names(params.backbone)
    for layer in wanted:
        if layer not in known:
            near = difflib.get_close_matches(layer, known, n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise ConfigError(
                f"backbone '{params.backbone}' has no layer '{layer}' (args of {params.name}); "
                f"{hint}it has: {', '.join(known)}"
            )


def _layers(settings: dict[str, Any]) -> list[str]:
    layers = [*(settings.get("layers") or ()), settings.get("layer")]
    return [layer for layer in layers if isinstance(layer, str)]


def _layer_names(backbone: str) -> list[str]:
    import timm

    with torch.device("meta"):
        features: Any = timm.create_model(backbone, features_only=True)
    return [str(name) for name in features.feature_info.module_name()]

"""Constructs an Anomalib model for images that are already decoded and resized."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import torch
from anomalib.models import image as image_models
from anomalib.models.components import AnomalibModule
from anomalib.models.image.cflow.torch_model import CflowModel
from anomalib.pre_processing import PreProcessor
from torchvision.transforms.v2 import Compose, Normalize, Resize, Transform

from iadbe.errors import ConfigError
from iadbe.models.anomalib import cflow, derived, needs, published, sizes
from iadbe.models.anomalib.data import LoaderNormalises
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.weights import local_weights, normalization


def build(
    params: AnomalibParams, size: int, *, pretrained: bool, images: Path | None = None
) -> AnomalibModule:
    """Construct the Lightning module without visualizer, evaluator and post-processor.

    Args:
        params: Validated parameters.
        size: Edge length in pixels of the images it will see.
        pretrained: False builds random networks and reads no weights, to load a saved state or
            where stand-ins are asked for.
        images: A folder of images of other things, for a model that trains with them.

    Raises:
        ConfigError: If the size or an argument does not fit the model.
        WeightsError: If pretrained weights are not on this machine.
    """
    _check_layers(params)
    sizes.check_size(params, size)
    arguments = derived.arguments(params, size)
    if images is not None:
        arguments[needs.IMAGE_ARGUMENTS[params.name]] = str(images)
    with (
        local_weights(pretrained=pretrained),
        published.while_building(params, pretrained=pretrained),
    ):
        module = _construct(params, size, arguments)
    if isinstance(module.model, CflowModel):
        cflow.use_fixed_scale(module.model)
    return module


def _construct(params: AnomalibParams, size: int, arguments: dict[str, Any]) -> AnomalibModule:
    model_class = getattr(image_models, params.name)
    transform = _transform(model_class, params.backbone, size)
    try:
        module: AnomalibModule = model_class(
            **arguments,
            pre_processor=LoaderNormalises(transform=transform),
            post_processor=False,
            evaluator=False,
            visualizer=False,
        )
    except (TypeError, ValueError, NotImplementedError) as error:
        raise ConfigError(f"Anomalib refuses the args of {params.name}: {error}") from error
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

"""CFLOW's map on a scale that does not depend on which images are scored together.

Anomalib divides each layer's likelihoods by the highest of the batch, so an image's score changes
with its neighbours. Here the divisor is the highest of the training images, for good. The paper's
code takes the highest of all test images, which nobody has who scores one image at a time.
Source: Gudovskiy et al., CFLOW-AD, WACV 2022 (arXiv 2107.12571), section 3.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from anomalib.data import ImageBatch
from anomalib.models.image.cflow.anomaly_map import AnomalyMapGenerator
from anomalib.models.image.cflow.torch_model import CflowModel
from torch.nn import functional


class FixedScaleMaps(AnomalyMapGenerator):
    """Maps of the negative sum of the layers' relative likelihoods; the higher, the stranger.

    The buffer `highest`, float64 of shape (layers,), holds the training images' highest log
    likelihood of each layer.
    """

    def __init__(self, pool_layers: Any) -> None:
        super().__init__(pool_layers=pool_layers)
        self.register_buffer("highest", torch.zeros(len(pool_layers), dtype=torch.float64))
        self.highest: torch.Tensor

    def compute_anomaly_map(
        self, distribution: list[torch.Tensor], height: list[int], width: list[int], image_size: Any
    ) -> torch.Tensor:
        """Maps of shape (n, *image_size), from log likelihoods of shape (n * h * w,) a layer."""
        total = torch.zeros(1, device=distribution[0].device)
        for index, layer in enumerate(distribution):
            relative = torch.exp(layer.detach() - self.highest[index]).float()
            grid = relative.reshape(-1, 1, height[index], width[index])
            total = total + functional.interpolate(
                grid, size=image_size, mode="bilinear", align_corners=True
            ).squeeze(1)
        return -total


def use_fixed_scale(model: CflowModel) -> None:
    """Put `FixedScaleMaps` into a new model."""
    model.anomaly_map_generator = FixedScaleMaps(model.pool_layers)


def set_scale(model: CflowModel, batches: Iterable[ImageBatch]) -> None:
    """Measure the training images' highest log likelihoods in a trained model in eval mode."""
    maps: Any = model.anomaly_map_generator
    highest = torch.full_like(maps.highest, -torch.inf)

    def look(_module: Any, _args: Any, named: dict[str, Any]) -> None:
        layers = torch.stack([layer.max().to(highest.dtype) for layer in named["distribution"]])
        torch.maximum(highest, layers, out=highest)

    hook = maps.register_forward_pre_hook(look, with_kwargs=True)
    with torch.inference_mode():
        for batch in batches:
            image: Any = batch.image
            model(image.to(highest.device))
    hook.remove()
    maps.highest.copy_(highest)

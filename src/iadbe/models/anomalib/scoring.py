"""Raw scores and maps of a fitted Anomalib torch model."""

from __future__ import annotations

import time
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional
from torchvision.transforms.v2 import Transform

from iadbe.errors import ContractError
from iadbe.models.anomalib.raw import raw_scores


class Scorer(NamedTuple):
    """All that prediction needs of a fitted Lightning module.

    `size` is the edge of the maps it gives, `input_size` that of the images it takes.
    """

    model: nn.Module
    transform: Transform
    size: int
    input_size: int
    device: torch.device


class BatchScores(NamedTuple):
    """Image scores float64 (n,), maps float32 (n, size, size) or None, milliseconds an image."""

    image_scores: torch.Tensor
    anomaly_maps: torch.Tensor | None
    latency_ms: float


def score(scorer: Scorer, images: torch.Tensor) -> BatchScores:
    """Score one batch, before any post-processing.

    Args:
        scorer: A fitted model in eval mode.
        images: float32 in [0, 1], shape (n, 3, input_size, input_size), on any device.

    Raises:
        ContractError: If the model gives another number of scores than images.
    """
    images = images.to(scorer.device)
    with torch.inference_mode():
        start = _now(scorer.device)
        image_scores, maps = raw_scores(scorer.model, scorer.transform(images))
        latency_ms = (_now(scorer.device) - start) * 1000 / len(images)
    if image_scores.numel() != len(images):
        raise ContractError(f"{image_scores.numel()} scores for {len(images)} images")
    return BatchScores(
        image_scores=image_scores.reshape(-1).double().cpu(),
        anomaly_maps=None if maps is None else _at_size(maps, scorer.size).cpu(),
        latency_ms=latency_ms,
    )


def _at_size(maps: torch.Tensor, size: int) -> torch.Tensor:
    """Maps of shape (n, h, w) or (n, 1, h, w), bilinearly at (n, size, size)."""
    planes = maps.float().reshape(len(maps), 1, *maps.shape[-2:])
    if planes.shape[-2:] != (size, size):
        planes = functional.interpolate(planes, (size, size), mode="bilinear", align_corners=False)
    return planes.squeeze(1)


def _now(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter()

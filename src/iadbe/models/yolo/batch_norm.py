"""Batch statistics that belong to the trained weights."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch.optim.swa_utils import update_bn

from iadbe.models.yolo.library import DetectionModel
from iadbe.models.yolo.pixels import resize
from iadbe.samples import Samples


def settle(model: DetectionModel, samples: Samples, size: int, batch_size: int) -> None:
    """Replace the running means and variances of a trained detector by those of its training set.

    Ultralytics averages them over some 30 steps (momentum 0.03) while the weights move fast. In the
    hundred steps that a small industrial set gives, they stay so far behind that every image gets
    the same score. This is the PreciseBN of Wu & Johnson, "Rethinking 'Batch' in BatchNorm", 2021,
    section 3.

    Args:
        model: The detector; changed in place.
        samples: Its training samples, seen without augmentation.
        size: Edge of its input in pixels.
        batch_size: Images a forward pass.
    """
    with torch.no_grad():
        update_bn(_batches(samples, size, batch_size), model, next(model.parameters()).device)


def _batches(samples: Samples, size: int, batch_size: int) -> Iterator[torch.Tensor]:
    for start in range(0, len(samples), batch_size):
        chosen = samples[start : start + batch_size]
        yield torch.stack([resize(sample.image, size) for sample in chosen])

"""WinCLIP is not trained: it is told what the images show, and looks at a few normal ones."""

from __future__ import annotations

from typing import Any

import torch
from anomalib.models.components import AnomalibModule

from iadbe.models.anomalib.data import TrainingData

_ANYTHING = "object"
"""What the images show, for the prompts, when `args.class_name` does not say it."""


def set_up(module: AnomalibModule, data: TrainingData, device: torch.device) -> None:
    """Embed the prompts, and `args.k_shot` training images drawn by the seed."""
    untyped: Any = module
    untyped.to(device)
    images = None
    if untyped.k_shot:
        images = untyped.collect_reference_images(data.train_dataloader()).to(device)
    with torch.inference_mode():
        untyped.model.setup(untyped.class_name or _ANYTHING, images)
    untyped.model.reference_images = None  # their embeddings are all that is needed


def restore_shots(model: Any) -> None:
    """Count the images that a loaded model had looked at; its state holds their embeddings."""
    embeddings = model.get_buffer("_patch_embeddings")
    model.k_shot = len(embeddings) if embeddings.numel() else 0

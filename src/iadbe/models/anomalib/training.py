"""Trains any Anomalib module with Lightning's own loop: no files, no logging, no validation."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from anomalib.models.components import AnomalibModule
from lightning.pytorch import Trainer, seed_everything
from lightning.pytorch.utilities.seed import isolate_rng

from iadbe.errors import ConfigError
from iadbe.models.anomalib.coreset import flat_memory_coreset
from iadbe.models.anomalib.data import TrainingData
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.anomalib.watch import Watch


@contextmanager
def seeded(seed: int, device: torch.device) -> Iterator[None]:
    """Seed every random number generator, ask CUDA for deterministic kernels, put both back."""
    deterministic = torch.are_deterministic_algorithms_enabled()
    with isolate_rng():
        seed_everything(seed, workers=True, verbose=False)
        torch.use_deterministic_algorithms(mode=device.type == "cuda", warn_only=True)
        try:
            yield
        finally:
            torch.use_deterministic_algorithms(mode=deterministic)


def train(
    module: AnomalibModule, data: TrainingData, params: AnomalibParams, device: torch.device
) -> None:
    """Fit a module in place.

    Raises:
        ConfigError: If a model that is trained by gradient descent has no length of training, or
            clips gradients that Anomalib's model applies by itself.
    """
    arguments = _length(module, data, params) | _clipping(module, params) | _where(device)
    watch = Watch(one_pass="max_epochs" in module.trainer_arguments)
    with tempfile.TemporaryDirectory() as folder, flat_memory_coreset():
        trainer = Trainer(callbacks=[watch], **(_silent(folder) | arguments))
        trainer.fit(module, datamodule=data)


def _length(module: AnomalibModule, data: TrainingData, params: AnomalibParams) -> dict[str, Any]:
    """The model's own number of passes, or the user's; epochs are never left open.

    Learning rate schedules of several models read `max_epochs`, which Lightning sets to -1 when
    only steps are given.
    """
    own = module.trainer_arguments
    if "max_epochs" in own:
        return {"max_epochs": own["max_epochs"]}
    if params.epochs is None and params.max_steps is None:
        raise ConfigError(
            f"{params.name} is trained by gradient descent: set params.epochs or params.max_steps"
        )
    batches = len(data.train_dataloader())
    enough = -(-params.max_steps // batches) if params.max_steps else None
    return {"max_epochs": params.epochs or enough, "max_steps": params.max_steps or -1}


def _clipping(module: AnomalibModule, params: AnomalibParams) -> dict[str, Any]:
    own = module.trainer_arguments
    others = {name: value for name, value in own.items() if name not in {"max_epochs", "max_steps"}}
    if params.gradient_clip is None:
        return others
    if not module.automatic_optimization:
        raise ConfigError(f"{params.name} steps by itself: leave params.gradient_clip out")
    return others | {"gradient_clip_val": params.gradient_clip}


def _silent(folder: str) -> dict[str, Any]:
    return {
        "default_root_dir": folder,
        "logger": False,
        "enable_checkpointing": False,
        "enable_progress_bar": False,
        "enable_model_summary": False,
        "num_sanity_val_steps": 0,
    }


def _where(device: torch.device) -> dict[str, Any]:
    if device.type == "cuda":
        return {"accelerator": "gpu", "devices": [device.index or 0]}
    return {"accelerator": device.type, "devices": 1}

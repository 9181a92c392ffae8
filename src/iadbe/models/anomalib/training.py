"""Trains any Anomalib module with Lightning's own loop: no files, no logging, no validation."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from anomalib.data import ImageBatch
from anomalib.models.components import AnomalibModule
from lightning.pytorch import LightningDataModule, Trainer, seed_everything
from lightning.pytorch.utilities.seed import isolate_rng
from torch.utils.data import DataLoader, Dataset

from iadbe.errors import ConfigError
from iadbe.models.anomalib.coreset import flat_memory_coreset
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.samples import Samples

_CACHE_BYTES = 2 * 1024**3


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
    module: AnomalibModule,
    samples: Samples,
    params: AnomalibParams,
    *,
    seed: int,
    device: torch.device,
) -> None:
    """Fit a module in place.

    Raises:
        ConfigError: If a model that is trained by gradient descent has no number of epochs.
    """
    own = module.trainer_arguments
    if params.epochs is None and not {"max_epochs", "max_steps"} & own.keys():
        raise ConfigError(f"{params.name} is trained by gradient descent: set params.epochs")
    with tempfile.TemporaryDirectory() as folder, flat_memory_coreset():
        trainer = Trainer(**(_trainer_arguments(params, folder) | own | _where(device)))
        trainer.fit(module, datamodule=TrainingData(samples, params.batch_size, seed))


def to_tensor(image: Any) -> torch.Tensor:
    """An image of shape (size, size, 3) as a float32 tensor of shape (3, size, size)."""
    return torch.from_numpy(image).permute(2, 0, 1).contiguous()


class TrainingData(LightningDataModule):
    """Shuffled batches of normal images, in an order that depends on the seed alone."""

    def __init__(self, samples: Samples, batch_size: int, seed: int) -> None:
        super().__init__()
        self.images = _Images(samples)
        self.train_batch_size = batch_size  # the name that Anomalib's EfficientAd looks for
        self.seed = seed

    def train_dataloader(self) -> DataLoader[torch.Tensor]:
        """A fresh loader whose shuffle starts from the seed."""
        return DataLoader(
            self.images,
            batch_size=self.train_batch_size,
            shuffle=True,
            generator=torch.Generator().manual_seed(self.seed),
            collate_fn=_collate,
        )


class _Images(Dataset[torch.Tensor]):
    """Decoded images, kept in memory while they fit."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples
        self.keep = 12 * samples.size**2 * len(samples) <= _CACHE_BYTES
        self.kept: dict[int, torch.Tensor] = {}

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> torch.Tensor:
        if index in self.kept:
            return self.kept[index]
        image = to_tensor(self.samples[index].image)
        if self.keep:
            self.kept[index] = image
        return image


def _collate(images: list[torch.Tensor]) -> ImageBatch:
    """Training images are normal by contract; some Anomalib models want to read so."""
    stack = torch.stack(images)
    labels = torch.zeros(len(stack), dtype=torch.long)
    masks = torch.zeros((len(stack), *stack.shape[-2:]), dtype=torch.long)
    return ImageBatch(image=stack, gt_label=labels, gt_mask=masks)


def _trainer_arguments(params: AnomalibParams, folder: str) -> dict[str, Any]:
    return {
        "max_epochs": params.epochs,
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

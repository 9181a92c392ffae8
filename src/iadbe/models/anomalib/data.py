"""Batches of normal images for Lightning, normalised as the model expects them."""

from __future__ import annotations

from functools import partial
from typing import Any

import torch
from anomalib.data import ImageBatch
from anomalib.pre_processing import PreProcessor
from lightning.pytorch import LightningDataModule
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms.v2 import Transform

from iadbe.samples import Samples

_CACHE_BYTES = 2 * 1024**3


class LoaderNormalises(PreProcessor):
    """Holds the transform, which `TrainingData` has applied already.

    Anomalib applies it to the batches of the training loop only. CFA's centroids, GLASS's centre
    and WinCLIP's reference images, which are read from the loader, would be of raw pixels.
    """

    def on_train_batch_start(self, *args: Any, **kwargs: Any) -> None:
        """Leave the batch as it is."""


class TrainingData(LightningDataModule):
    """Shuffled batches of normal images, in an order that depends on the seed alone.

    Args:
        samples: Training samples at the size of the model's input.
        transform: The model's normalisation.
        batch_size: Images in a batch.
        seed: Of the shuffle.
    """

    def __init__(
        self, samples: Samples, transform: Transform, *, batch_size: int, seed: int
    ) -> None:
        super().__init__()
        self.images = _Images(samples)
        self.collate = partial(_collate, transform)
        self.train_batch_size = batch_size  # the name that Anomalib's EfficientAd looks for
        self.seed = seed

    def train_dataloader(self) -> DataLoader[torch.Tensor]:
        """A fresh loader whose shuffle starts from the seed."""
        return DataLoader(
            self.images,
            batch_size=self.train_batch_size,
            shuffle=True,
            generator=torch.Generator().manual_seed(self.seed),
            collate_fn=self.collate,
        )

    def in_order(self) -> DataLoader[torch.Tensor]:
        """A loader of the same images that leaves their order alone."""
        return DataLoader(self.images, self.train_batch_size, collate_fn=self.collate)


def to_tensor(image: Any) -> torch.Tensor:
    """An image of shape (size, size, 3) as a float32 tensor of shape (3, size, size)."""
    return torch.from_numpy(image).permute(2, 0, 1).contiguous()


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


def _collate(transform: Transform, images: list[torch.Tensor]) -> ImageBatch:
    """Training images are normal by contract; some Anomalib models want to read so."""
    stack = transform(torch.stack(images))
    labels = torch.zeros(len(stack), dtype=torch.long)
    masks = torch.zeros((len(stack), *stack.shape[-2:]), dtype=torch.long)
    return ImageBatch(image=stack, gt_label=labels, gt_mask=masks)

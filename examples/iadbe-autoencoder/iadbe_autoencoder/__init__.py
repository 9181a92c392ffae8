"""Scores an image by how badly an autoencoder of normal images reconstructs it.

Nothing here imports torch: `iadbe models list` reads this module, and shall take no seconds.
`_network.py` does, and is imported inside the methods.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, PositiveInt
from scipy.ndimage import gaussian_filter

from iadbe.models.card import Card
from iadbe.models.device import resolve
from iadbe.models.protocol import Prediction
from iadbe.models.training_log import TrainingLog
from iadbe.samples import Samples


class AutoencoderModel:
    """Blurred squared error of the reconstruction; a high quantile of it is the score."""

    api_version = 1
    supervision = "unsupervised"
    localizes = True
    libraries = ("torch",)  # a new torch may give other results: cells are run anew
    preload = ("torch",)  # imported once for all cells
    card = Card(
        title="Convolutional autoencoder",
        code_licence="Apache-2.0",
        backbone="none: trained from scratch on the normal images",
        traps=("An autoencoder can learn to copy defects, too: keep `channels` small.",),
    )

    class Params(BaseModel):
        """What a user may set."""

        model_config = ConfigDict(extra="forbid")
        epochs: PositiveInt = Field(default=60, description="Passes over the training images")
        lr: float = Field(default=1e-3, gt=0, description="Adam's learning rate")
        batch_size: PositiveInt = Field(default=8, description="Images in a batch")
        channels: PositiveInt = Field(default=16, description="Of the first convolution")
        sigma: float = Field(default=4.0, gt=0, description="Blur of the error in pixels")
        quantile: float = Field(default=0.999, ge=0, le=1, description="Of the map: the score")

    def __init__(self, params: Params, device: str) -> None:
        self.params = params
        self.device = device

    def fit(self, samples: Samples, seed: int) -> None:
        """Train a fresh network on the normal images."""
        import torch

        from iadbe_autoencoder._network import Autoencoder, train

        params = self.params
        images = np.stack([sample.image for sample in samples])  # fits in memory; yours may not
        with torch.random.fork_rng(devices=[]):  # all chance comes from the seed, none leaks out
            torch.manual_seed(seed)
            self.network = Autoencoder(params.channels).to(resolve(self.device))
            losses = train(self.network, images, params.epochs, params.lr, params.batch_size)
        finite = bool(np.isfinite(losses).all())  # if not, the result is shown and never ranked
        self.training_log = TrainingLog(params.epochs, params.epochs, losses[-1], finite)

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield one prediction a sample, batch by batch."""
        from iadbe_autoencoder._network import squared_errors

        for start in range(0, len(samples), self.params.batch_size):
            batch = samples[start : start + self.params.batch_size]
            images = np.stack([sample.image for sample in batch])
            errors = squared_errors(self.network, images)
            for sample, error in zip(batch, errors, strict=True):
                anomaly_map = gaussian_filter(error, self.params.sigma)
                score = float(np.quantile(anomaly_map, self.params.quantile))
                yield Prediction(sample.sample_id, score, anomaly_map)

    def save(self, folder: Path) -> None:
        """Write safetensors and JSON, never a pickle."""
        from safetensors.torch import save_file

        save_file(self.network.state_dict(), folder / "network.safetensors")
        (folder / "params.json").write_text(self.params.model_dump_json(), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, device: str) -> Self:
        """Restore what `save` wrote."""
        from safetensors.torch import load_file

        from iadbe_autoencoder._network import Autoencoder

        params = json.loads((folder / "params.json").read_text(encoding="utf-8"))
        model = cls(cls.Params(**params), device)
        model.network = Autoencoder(model.params.channels).to(resolve(device)).eval()
        model.network.load_state_dict(load_file(folder / "network.safetensors"))
        return model

"""Scores an image by how far its brightness is from the mean training image; a baseline."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from scipy.ndimage import gaussian_filter

from iadbe.models.protocol import Prediction
from iadbe.samples import Samples


class BrightnessModel:
    """Blurred absolute difference to the mean grey training image; its maximum is the score."""

    api_version = 1
    supervision = "unsupervised"
    localizes = True

    class Params(BaseModel):
        """What a user may set."""

        model_config = ConfigDict(extra="forbid")
        sigma: float = Field(default=4.0, gt=0, description="Blur in pixels")

    def __init__(self, params: Params, device: str) -> None:  # noqa: ARG002
        self.params = params

    def fit(self, samples: Samples, seed: int) -> None:  # noqa: ARG002
        """Average the training images."""
        self.mean = sum(sample.image.mean(axis=2) for sample in samples) / len(samples)

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield one prediction a sample."""
        for sample in samples:
            difference = np.abs(sample.image.mean(axis=2) - self.mean)
            anomaly_map = gaussian_filter(difference, self.params.sigma)
            yield Prediction(sample.sample_id, float(anomaly_map.max()), anomaly_map)

    def save(self, folder: Path) -> None:
        """Write arrays and JSON, never a pickle."""
        np.save(folder / "mean.npy", self.mean)
        (folder / "params.json").write_text(self.params.model_dump_json(), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, device: str) -> Self:
        """Restore what `save` wrote."""
        params = json.loads((folder / "params.json").read_text(encoding="utf-8"))
        model = cls(cls.Params(**params), device)
        model.mean = np.load(folder / "mean.npy", allow_pickle=False)
        return model

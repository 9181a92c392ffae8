"""The plugin `rkde`; heavy libraries are imported inside its methods."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from iadbe.errors import ContractError, DataError
from iadbe.models.card import Card
from iadbe.models.device import resolve
from iadbe.models.protocol import API_VERSION, Prediction, Supervision
from iadbe.models.rkde.params import CHECKPOINTS, RkdeParams
from iadbe.models.weights import Weights, torchvision_weights
from iadbe.samples import Samples

if TYPE_CHECKING:
    from torchvision.models.detection.faster_rcnn import FasterRCNN

    from iadbe.models.rkde.density import RegionDensity
    from iadbe.models.rkde.regions import Regions

_DETECTOR, _DENSITY, _PARAMS = "detector.safetensors", "density.npz", "params.json"


class RkdeModel:
    """How improbable the features of an image's regions are among those of normal images.

    The image score is `-log p` of the most anomalous region, p a Gaussian kernel density. The map
    is at each pixel the highest score of the regions over it, and where there is none the lowest
    score that there can be.

    Args:
        params: Detector, regions and density.
        device: Of the detector: `auto`, `cpu`, `cuda` or `cuda:<n>`.
    """

    api_version: ClassVar[int] = API_VERSION
    supervision: ClassVar[Supervision] = "unsupervised"
    localizes: bool = True
    Params: ClassVar[type[RkdeParams]] = RkdeParams
    libraries: ClassVar[tuple[str, ...]] = ("torchvision", "torch", "scikit-learn", "scipy")
    preload: ClassVar[tuple[str, ...]] = ("torchvision.models.detection", "sklearn.decomposition")
    card: ClassVar[Card] = Card(
        title="RKDE: kernel density of region features",
        paper="Adey, Hamilton, Bordewich, Breckon: Region Based Anomaly Detection With Real-Time "
        "Training and Analysis, ICMLA 2019; after OpenVINO Anomalib 1.x, models/image/rkde",
        url="https://ieeexplore.ieee.org/document/8999287",
        year=2019,
        code_licence="Apache-2.0; torchvision's detector BSD-3-Clause",
        weights_licence="BSD-3-Clause (torchvision)",
        backbone="torchvision's Faster R-CNN, COCO",
        traps=(
            "Regions are described by the detector's box head, not by the AlexNet of the paper.",
            "An image in which the detector finds nothing is one region, the whole image.",
            "The map is made of rectangles: compare pixel metrics with care.",
            "A saved model holds the whole detector.",
        ),
    )

    def __init__(self, params: RkdeParams, device: str = "auto") -> None:
        self.params = params
        self.device = device
        self._detector: FasterRCNN | None = None
        self._density: RegionDensity | None = None
        self._size = 0
        self.batch_size = params.batch_size

    @classmethod
    def weights(cls, params: RkdeParams) -> list[Weights]:
        """The detector's COCO checkpoint, unless its weights are random."""
        return [] if params.weights == "random" else [_published(params)]

    @classmethod
    def stand_ins(cls, params: RkdeParams) -> list[str]:
        """That checkpoint, if random weights stand in for it."""
        return [_published(params).name] if params.weights == "random" else []

    @classmethod
    def files(cls, params: RkdeParams) -> list[Path]:
        """Where it is.

        Raises:
            WeightsError: If it is not on this machine and its host is out of reach.
        """
        from iadbe.models.weights import resolve as file_of

        return [file_of(weights) for weights in cls.weights(params)]

    def fit(self, samples: Samples, seed: int) -> None:
        """Collect the regions of normal images and estimate the density of their features.

        Raises:
            DataError: If there are too few regions.
            WeightsError: If the detector's weights are missing.
        """
        from iadbe.models.rkde import detector
        from iadbe.models.rkde.density import RegionDensity
        from iadbe.models.rkde.thinning import Thinned

        pretrained = self.params.weights == "pretrained"
        network = detector.build(self.params, pretrained=pretrained, seed=seed)
        self._detector, self._size = network.to(resolve(self.device)), samples.size
        kept = Thinned(self.params.max_training_points, seed)
        for batch in _batches(samples, self.params.batch_size):
            for regions in self._regions(_pixels(batch)):
                kept.add(regions.features)
        features = kept.rows() if len(samples) else np.empty((0, 0), dtype=np.float32)
        _check_enough(len(features), len(samples), self.params)
        scaling = self.params.feature_scaling_method
        self._density = RegionDensity.fit(features, self.params.n_pca_components, scaling)

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield raw scores batch by batch.

        Raises:
            ContractError: Before `fit` or `load`, or for images of another size than in training.
        """
        from iadbe.models.rkde.painting import painted

        density = self._fitted()
        if samples.size != self._size:
            raise ContractError(f"trained on images of {self._size} px, asked for {samples.size}")
        for batch in _batches(samples, self.batch_size):
            pixels, started = _pixels(batch), time.perf_counter()
            found = self._regions(pixels)
            scores = [density.scores(regions.features) for regions in found]
            latency_ms = (time.perf_counter() - started) * 1e3 / len(batch)
            for sample, regions, each in zip(batch, found, scores, strict=True):
                anomaly_map = painted(regions.boxes, each, self._size, density.lowest_score)
                yield Prediction(sample.sample_id, float(each.max()), anomaly_map, latency_ms)

    def parameter_count(self) -> int:
        """The detector's weights, and the density with its training regions."""
        density = self._fitted()
        assert self._detector is not None
        tensors = self._detector.state_dict().values()
        return density.count + sum(int(tensor.numel()) for tensor in tensors)

    def save(self, folder: Path) -> None:
        """Write the detector as safetensors, the density as npz, the parameters as JSON."""
        from iadbe.models.rkde import detector

        density = self._fitted()
        assert self._detector is not None
        detector.save(self._detector, folder / _DETECTOR)
        density.save(folder / _DENSITY)
        content = {"size": self._size, "params": self.params.model_dump(mode="json")}
        (folder / _PARAMS).write_text(json.dumps(content, indent=2), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, device: str = "auto") -> Self:
        """Restore a saved model; reads no pretrained weights and asks no hub."""
        from iadbe.models.rkde import detector
        from iadbe.models.rkde.density import RegionDensity

        content = json.loads((folder / _PARAMS).read_text(encoding="utf-8"))
        loaded = cls(RkdeParams.model_validate(content["params"]), device)
        loaded._size = content["size"]
        loaded._detector = detector.load(loaded.params, folder / _DETECTOR).to(resolve(device))
        loaded._density = RegionDensity.load(folder / _DENSITY)
        return loaded

    def _regions(self, pixels: np.ndarray) -> list[Regions]:
        """Regions of images of shape (n, 3, size, size)."""
        import torch

        from iadbe.models.rkde.regions import regions_of

        assert self._detector is not None
        device = next(self._detector.parameters()).device
        return regions_of(self._detector, torch.from_numpy(pixels).to(device), self.params)

    def _fitted(self) -> RegionDensity:
        if self._density is None:
            raise ContractError("RKDE is not trained: call fit or load first")
        return self._density


def _published(params: RkdeParams) -> Weights:
    return torchvision_weights(params.detector, CHECKPOINTS[params.detector])


def _batches(samples: Samples, step: int) -> Iterator[Samples]:
    return (samples[start : start + step] for start in range(0, len(samples), step))


def _pixels(batch: Samples) -> np.ndarray:
    return np.stack([np.moveaxis(sample.image, 2, 0) for sample in batch])


def _check_enough(regions: int, images: int, params: RkdeParams) -> None:
    needed = params.n_pca_components
    if regions <= needed:
        raise DataError(
            f"RKDE found {regions} regions in {images} training images but needs more than "
            f"n_pca_components = {needed}: add images, or lower n_pca_components, min_box_size or "
            "roi_score_threshold"
        )

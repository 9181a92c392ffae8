"""The plugin `anomalib`; heavy libraries are imported inside its methods."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from iadbe.errors import ContractError
from iadbe.models.anomalib import needs
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.device import resolve
from iadbe.models.protocol import API_VERSION, Prediction, Supervision
from iadbe.models.training_log import TrainingLog
from iadbe.models.weights import Weights
from iadbe.models.weights import resolve as resolve_weights
from iadbe.samples import Samples

if TYPE_CHECKING:
    import torch
    from anomalib.models.components import AnomalibModule

    from iadbe.models.anomalib.scoring import Scorer

_IMAGE_LEVEL = frozenset({"Dfkde", "Ganomaly", "VlmAd"})
"""Models that score images but draw no anomaly map."""

_STATE, _PARAMS = "model.safetensors", "params.json"


class AnomalibModel:
    """Any Anomalib image model, trained by Lightning and asked for its raw scores.

    Args:
        params: Which model, with which constructor arguments.
        device: `auto`, `cpu`, `cuda` or `cuda:<n>`.
    """

    api_version: ClassVar[int] = API_VERSION
    supervision: Supervision = "unsupervised"  # an instance of a zero-shot model says so
    Params: ClassVar[type[AnomalibParams]] = AnomalibParams
    libraries: ClassVar[tuple[str, ...]] = ("anomalib", "lightning", "timm", "torch")
    preload: ClassVar[tuple[str, ...]] = ("anomalib.models", "lightning.pytorch")
    localizes: bool = True  # an instance of an image-level model says False

    def __init__(self, params: AnomalibParams, device: str = "auto") -> None:
        self.params = params
        self.device = device
        self.localizes = params.name not in _IMAGE_LEVEL
        self.batch_size = params.predict_batch_size
        self.supervision = "zero_shot" if _sees_no_images(params) else "unsupervised"
        self.training_log: TrainingLog | None = None
        self._scorer: Scorer | None = None

    @classmethod
    def weights(cls, params: AnomalibParams) -> list[Weights]:
        """Pretrained networks and collections of images that the model reads."""
        return needs.weights(params)

    @classmethod
    def stand_ins(cls, params: AnomalibParams) -> list[str]:
        """Those of them that random weights or drawn textures stand in for."""
        return needs.stand_ins(params)

    @classmethod
    def files(cls, params: AnomalibParams) -> list[Path]:
        """Where `weights` are, and the images of the folder that `args` names in their place.

        Raises:
            WeightsError: If they are not on this machine and their hub is out of reach.
        """
        folder = needs.image_folder(params)
        images = sorted(file for file in folder.rglob("*") if file.is_file()) if folder else []
        return [resolve_weights(weights) for weights in cls.weights(params)] + images

    def fit(self, samples: Samples, seed: int) -> None:
        """Train on normal images.

        Raises:
            ConfigError: If the parameters do not fit the model.
            DataError: If there are too few images.
            WeightsError: If pretrained weights are missing; found before training.
        """
        import torch

        from iadbe.models.anomalib import fitting, state, watch

        fitting.check_possible(self.params)
        self.files(self.params)
        self.device = resolve(self.device)
        device = torch.device(self.device)
        size = self.params.image_size or samples.size
        module = fitting.fit(self.params, samples.at(size), seed, device)
        self.training_log = watch.training_log(module)
        state.drop_remains(module.model)
        state.make_contiguous(module.model)
        self._scorer = _scorer(module, samples.size, size, device)

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield raw scores batch by batch.

        Raises:
            ContractError: Before `fit` or `load`, or for images of another size than in training.
        """
        import torch

        from iadbe.models.anomalib.data import to_tensor
        from iadbe.models.anomalib.scoring import score

        scorer = self._fitted()
        own = samples.at(scorer.input_size)
        if samples.size != scorer.size:
            raise ContractError(f"trained on images of {scorer.size} px, asked for {samples.size}")
        step = self.batch_size
        for batch in (own[start : start + step] for start in range(0, len(samples), step)):
            scores = score(scorer, torch.stack([to_tensor(sample.image) for sample in batch]))
            for index, sample in enumerate(batch):
                maps = scores.anomaly_maps
                yield Prediction(
                    sample_id=sample.sample_id,
                    image_score=float(scores.image_scores[index]),
                    anomaly_map=None if maps is None else np.ascontiguousarray(maps[index].numpy()),
                    latency_ms=scores.latency_ms,
                )

    def parameter_count(self) -> int:
        """Weights, statistics and memory of the network, as they are saved."""
        from iadbe.models.anomalib.state import count

        return count(self._fitted().model)

    def save(self, folder: Path) -> None:
        """Write the parameters as JSON and the fitted tensors as safetensors."""
        from iadbe.models.anomalib.state import save_state

        scorer = self._fitted()
        content = {"size": scorer.size, "params": self.params.model_dump(mode="json")}
        (folder / _PARAMS).write_text(json.dumps(content, indent=2), encoding="utf-8")
        save_state(scorer.model, folder / _STATE)

    @classmethod
    def load(cls, folder: Path, device: str = "auto") -> Self:
        """Restore a saved model; reads no pretrained weights and asks no hub."""
        import torch

        from iadbe.models.anomalib import build, state, training, win_clip

        content = json.loads((folder / _PARAMS).read_text(encoding="utf-8"))
        torch_device = torch.device(resolve(device))
        loaded = cls(AnomalibParams.model_validate(content["params"]), device)
        size = loaded.params.image_size or content["size"]
        with training.seeded(0, torch_device), tempfile.TemporaryDirectory() as nothing:
            images = Path(nothing) if needs.image_archive(loaded.params) else None
            module = build.build(loaded.params, size, pretrained=False, images=images)
        state.load_state(module.model, folder / _STATE)
        if loaded.params.name == "WinClip":
            win_clip.restore_shots(module.model)
        loaded._scorer = _scorer(module, content["size"], size, torch_device)
        return loaded

    def _fitted(self) -> Scorer:
        if self._scorer is None:
            raise ContractError(f"{self.params.name} is not trained: call fit or load first")
        return self._scorer


def _scorer(module: AnomalibModule, size: int, input_size: int, device: torch.device) -> Scorer:
    """Keep the torch model and its transform; let go of the trainer and the training images."""
    from iadbe.models.anomalib.scoring import Scorer

    pre_processor: Any = module.pre_processor
    model = module.model.eval().to(device)
    return Scorer(model, pre_processor.transform, size, input_size, device)


def _sees_no_images(params: AnomalibParams) -> bool:
    return params.name == "AnomalyVFM" or (
        params.name == "WinClip" and not params.settings["k_shot"]
    )

"""YOLO as an anomaly model; heavy imports wait inside the methods."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np

from iadbe.models.card import Card
from iadbe.models.device import resolve
from iadbe.models.protocol import API_VERSION, Prediction, Supervision
from iadbe.models.training_log import TrainingLog
from iadbe.models.weights import Weights
from iadbe.models.yolo.params import YoloParams
from iadbe.samples import Samples

if TYPE_CHECKING:
    import torch
    from pydantic import BaseModel

    from iadbe.models.yolo.detection import Answer, Array

_STATE, _RECIPE = "model.safetensors", "model.json"


class YoloModel:
    """An Ultralytics network with one class, "defect", trained on labelled defects.

    - detect and segment: the image score is the highest confidence of all candidate boxes of the
      image. That box always survives non-maximum suppression, so no confidence floor applies and
      scores hardly ever tie. The map holds at each pixel the highest confidence of the boxes
      (segment: of the instances' masks) over it that survive suppression (IoU 0.7, at most 100)
      with a confidence above `conf`, else 0. It is made of rectangles or few instances, so pixel
      metrics are not on a par with those of models that score pixels. The boxes are given, too.
    - classify: the image score is the logit of "defect" minus that of "good"; there is no map.

    All are raw. A network trained too short finds nothing; its scores are then close to chance,
    which is a result and no error.

    It learns from anomalous samples, which unsupervised models never see: compare them with care.
    Boxes come from the samples, or from the connected regions of their masks; outlines from masks,
    or from boxes.
    """

    api_version: ClassVar[int] = API_VERSION
    supervision: ClassVar[Supervision] = "supervised"
    localizes: bool = True
    Params: ClassVar[type[BaseModel]] = YoloParams
    libraries: ClassVar[tuple[str, ...]] = ("ultralytics", "torch")
    preload: ClassVar[tuple[str, ...]] = ("iadbe.models.yolo.library",)
    card: ClassVar[Card] = Card(
        title="YOLO, trained on labelled defects",
        paper="Ultralytics YOLO; the family's paper is with its entry",
        url="https://docs.ultralytics.com/models/",
        code_licence="AGPL-3.0",
        weights_licence="none is needed from scratch; Ultralytics' own are AGPL-3.0",
        traps=(
            "AGPL-3.0: who ships it, or a network trained with it, must open the sources or buy "
            "a licence of Ultralytics.",
            "It saw labelled defects in training; unsupervised models did not.",
            "From scratch on few images it needs hundreds of epochs; prefer a local .pt.",
            "Maps are rectangles or instances: compare pixel metrics with care.",
        ),
    )

    def __init__(self, params: YoloParams, device: str) -> None:
        self.params = params
        self.device = device
        self.localizes = params.kind != "classify"
        self.training_log: TrainingLog | None = None
        self.batch_size = 1
        self._model: torch.nn.Module | None = None

    @classmethod
    def weights(cls, params: YoloParams) -> list[Weights]:
        """The checkpoint that `params.weights` names; none for training from scratch."""
        return params.requirements()

    @classmethod
    def files(cls, params: YoloParams) -> list[Path]:
        """The checkpoint or architecture file that `params.weights` names, if it is a local one.

        Raises:
            WeightsError: If the checkpoint is not on this machine.
        """
        return params.files()

    def fit(self, samples: Samples, seed: int) -> None:
        """Train on normal samples as backgrounds (or class "good") and on anomalous ones.

        Raises:
            DataError: If no sample shows a defect.
            WeightsError: If the weights are not on this machine, or no network for the task.
        """
        from iadbe.models.yolo.training import train

        self.device = resolve(self.device)
        self._model, self.training_log = train(self.params, samples, seed, self.device)

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield one prediction a sample, in order; the latency is without decoding."""
        from iadbe.models.yolo.pixels import at_input_size

        shown, step = at_input_size(samples, self.params.input_size(samples.size)), self.batch_size
        for batch in (shown[place : place + step] for place in range(0, len(shown), step)):
            images = np.stack([sample.image for sample in batch])
            start = time.perf_counter()
            answers = self._answers(images, samples.size)
            latency_ms = (time.perf_counter() - start) * 1000 / len(batch)
            for sample, (score, boxes, anomaly_map) in zip(batch, answers, strict=True):
                yield Prediction(sample.sample_id, score, anomaly_map, latency_ms, boxes)

    def _answers(self, images: Array, edge: int) -> list[Answer]:
        from iadbe.models.yolo.answering import ANSWERS

        return ANSWERS[self.params.kind](self._trained, images, edge, self.params.conf)

    def parameter_count(self) -> int:
        """Weights and statistics of the network."""
        return sum(tensor.numel() for tensor in self._trained.state_dict().values())

    @property
    def _trained(self) -> torch.nn.Module:
        if self._model is None:
            raise RuntimeError("yolo: fit or load the model before it predicts or is saved")
        return self._model

    def save(self, folder: Path) -> None:
        """Write the weights (safetensors), and the architecture and parameters (JSON)."""
        from safetensors.torch import save_file

        model = self._trained
        state = {name: value.contiguous() for name, value in model.state_dict().items()}
        save_file(state, folder / _STATE)
        recipe = {"params": self.params.model_dump(), "architecture": model.yaml}
        (folder / _RECIPE).write_text(json.dumps(recipe, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, device: str) -> Self:
        """Rebuild the architecture, as checked as any, and put the saved weights in."""
        from safetensors.torch import load_file

        from iadbe.models.yolo.network import CLASSES, build

        recipe = json.loads((folder / _RECIPE).read_text(encoding="utf-8"))
        params = YoloParams.model_construct(**recipe["params"])  # its files may be elsewhere now
        loaded = cls(params, device)
        kind = loaded.params.kind
        model = build(recipe["architecture"], kind, len(CLASSES[kind]))
        model.load_state_dict(load_file(folder / _STATE))
        loaded._model = model.to(resolve(device)).eval().requires_grad_(requires_grad=False)
        return loaded

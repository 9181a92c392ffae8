"""YOLO as an anomaly model; heavy imports wait inside the methods."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from iadbe.models.device import resolve
from iadbe.models.protocol import Prediction, Supervision
from iadbe.models.yolo.params import YoloParams
from iadbe.samples import Sample, Samples

if TYPE_CHECKING:
    from pydantic import BaseModel

    from iadbe.models.yolo.library import DetectionModel

_STATE, _RECIPE = "model.safetensors", "model.json"


class YoloModel:
    """A one-class ("defect") Ultralytics detector, trained on labelled defects.

    The image score is the highest confidence of all candidate boxes of the image. That box always
    survives non-maximum suppression, so no confidence floor applies and scores hardly ever tie.
    The anomaly map holds at each pixel the highest confidence of the boxes over it that survive
    suppression (IoU 0.7, at most 100 boxes) with a confidence above `conf`, else 0: it is made of
    rectangles, so pixel metrics are not on a par with those of models that score pixels. Both are
    raw. A detector trained too short finds nothing; its scores are then close to chance, which is
    a result and no error.

    It learns from anomalous samples, which unsupervised models never see: compare them with care.
    Boxes come from the samples, or from the connected regions of their masks.

    Ultralytics is AGPL-3.0: https://github.com/ultralytics/ultralytics.
    """

    api_version: ClassVar[int] = 1
    supervision: ClassVar[Supervision] = "supervised"
    localizes: ClassVar[bool] = True
    Params: ClassVar[type[BaseModel]] = YoloParams
    libraries: ClassVar[tuple[str, ...]] = ("ultralytics", "torch")
    preload: ClassVar[tuple[str, ...]] = ("iadbe.models.yolo.library",)

    def __init__(self, params: YoloParams, device: str) -> None:
        self.params = params
        self.device = device
        self._model: DetectionModel | None = None

    @classmethod
    def files(cls, params: YoloParams) -> list[Path]:
        """The checkpoint or architecture file that `params.weights` names, if it is a local one.

        Raises:
            WeightsError: If the checkpoint is not on this machine.
        """
        return params.files()

    def fit(self, samples: Samples, seed: int) -> None:
        """Train on normal samples as backgrounds and on the boxes of anomalous ones.

        Raises:
            DataError: If no sample shows a defect.
            WeightsError: If the weights are not on this machine.
        """
        from iadbe.models.yolo.training import train

        self.device = resolve(self.device)
        self._model = train(self.params, samples, seed, self.device)

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield one prediction a sample, in order; the latency is without decoding."""
        return (self._predict_one(sample) for sample in samples)

    def _predict_one(self, sample: Sample) -> Prediction:
        from iadbe.models.yolo.detection import detect

        image, size = sample.image, self.params.input_size(sample.size)
        start = time.perf_counter()
        score, anomaly_map = detect(self._trained, image, size, self.params.conf)
        latency_ms = (time.perf_counter() - start) * 1000
        return Prediction(sample.sample_id, score, anomaly_map, latency_ms)

    @property
    def _trained(self) -> DetectionModel:
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
        """Rebuild the architecture and put the saved weights in."""
        from safetensors.torch import load_file

        from iadbe.models.yolo.library import DetectionModel

        recipe = json.loads((folder / _RECIPE).read_text(encoding="utf-8"))
        model: Any = DetectionModel  # untyped upstream
        model = model(recipe["architecture"], nc=1, verbose=False)
        model.load_state_dict(load_file(folder / _STATE))
        loaded = cls(YoloParams(**recipe["params"]), device)
        loaded._model = model.to(resolve(device)).eval().requires_grad_(requires_grad=False)
        return loaded

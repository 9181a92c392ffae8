"""What can be set on a YOLO model, and where its weights come from."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from iadbe.errors import WeightsError
from iadbe.models.weights import Weights, find
from iadbe.models.yolo.architectures import Task, is_shipped, is_usable, nearest, task_of_name

STRIDE = 32
"""Input edges of YOLO networks are multiples of their coarsest grid."""
P6_STRIDE = 64
"""The coarsest grid of networks with a fourth level (`yolov5n-p6.yaml`)."""


class YoloParams(BaseModel):
    """Parameters of `YoloModel`.

    Attributes:
        weights: An architecture to train from scratch (`yolov8n.yaml`, `yolo11n-seg.yaml`,
            `yolo11n-cls.yaml`), or the path of a local `.pt` checkpoint to fine-tune. Nothing is
            ever downloaded.
        task: What it predicts: boxes (`detect`), boxes with masks (`segment`), or whether there is
            a defect at all (`classify`, which gives no map). None takes it from the name.
        epochs: Passes over the training samples.
        batch_size: Images a training step.
        conf: Boxes of lower confidence leave no trace in the map and the boxes. It does not touch
            the image score.
        imgsz: Edge of the network's input in pixels; None takes the size of the samples. Rounded
            up to a multiple of 32 (64 for `-p6` networks).
        mosaic: Share of training images that are pasted together from four: more defects a step,
            as few training images have one. Not for classify.
        balance: Whether images with defects are repeated until they are as many as the others.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: str = "yolov8n.yaml"
    task: Task | None = None
    epochs: int = Field(default=100, ge=1)
    batch_size: int = Field(default=16, ge=1)
    conf: float = Field(default=0.001, ge=0, lt=1)
    imgsz: int | None = Field(default=None, ge=2 * STRIDE)
    mosaic: float = Field(default=1.0, ge=0, le=1)
    balance: bool = True

    @field_validator("weights")
    @classmethod
    def _known_kind(cls, weights: str) -> str:
        path = Path(weights)
        if "://" in weights or path.suffix not in {".pt", ".yaml", ".yml"}:
            raise ValueError("give an architecture such as 'yolov8n.yaml' or a path to a .pt")
        if not is_usable(path.stem):
            raise ValueError("give a YOLO that detects, segments (-seg) or classifies (-cls)")
        if path.suffix != ".pt" and not path.expanduser().is_file() and not is_shipped(path.stem):
            near = nearest(path.stem)
            hint = f"; did you mean '{near}.yaml'?" if near else ""
            raise ValueError(f"Ultralytics has no architecture '{path.name}'{hint}")
        return weights

    @model_validator(mode="after")
    def _one_task(self) -> Self:
        path = Path(self.weights)
        ours = path.suffix == ".pt" or path.expanduser().is_file()
        named = task_of_name(path.stem)
        if self.task and self.task != named and not ours:
            raise ValueError(f"weights: {path.name} is an architecture to {named}, not {self.task}")
        return self

    @property
    def kind(self) -> Task:
        """The task, given or told by the name."""
        return self.task or task_of_name(Path(self.weights).stem)

    @property
    def from_scratch(self) -> bool:
        """Whether `weights` names an architecture only."""
        return not self.weights.endswith(".pt")

    @property
    def stride(self) -> int:
        """Of what the input edge is a multiple."""
        return P6_STRIDE if "-p6" in Path(self.weights).stem else STRIDE

    def input_size(self, size: int) -> int:
        """The network's input edge for samples of `size` pixels."""
        return -(-(self.imgsz or size) // self.stride) * self.stride

    def requirements(self) -> list[Weights]:
        """The checkpoint, if `weights` names one; it may also lie in the folders of weights."""
        if self.from_scratch:
            return []
        file = Path(self.weights).name
        return [Weights(f"yolo/{file}", file, "local", self.weights)]

    def files(self) -> list[Path]:
        """The local files that `weights` names; an architecture of Ultralytics' own is none.

        Raises:
            WeightsError: If a checkpoint is not on this machine.
        """
        path = Path(self.weights).expanduser()
        if self.from_scratch:
            return [path.resolve()] if path.is_file() else []
        found = find(self.requirements()[0])
        if found is None:
            raise WeightsError(
                f"yolo: no weights '{self.weights}' on this machine; none is ever downloaded.\n"
                f"Put the file there, or train from scratch with weights: {path.stem}.yaml"
            )
        return [found.resolve()]

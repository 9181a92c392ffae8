"""What can be set on a YOLO model, and where its weights come from."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from iadbe.errors import WeightsError

STRIDE = 32
"""Input edges of YOLO detectors are multiples of their coarsest grid."""
_OTHER_TASKS = ("-cls", "-obb", "-pose", "-seg")


class YoloParams(BaseModel):
    """Parameters of `YoloModel`.

    Attributes:
        weights: An architecture to train from scratch (`yolov8n.yaml`), or the path of a local
            `.pt` checkpoint to fine-tune. Nothing is ever downloaded.
        epochs: Passes over the training samples.
        batch_size: Images a training step.
        conf: Boxes of lower confidence leave no trace in the anomaly map. It does not touch the
            image score.
        imgsz: Edge of the detector's input in pixels; None takes the size of the samples. Rounded
            up to a multiple of 32.
        mosaic: Share of training images that are pasted together from four: more defects a step,
            as few training images have one.
        balance: Whether images with defects are repeated until they are as many as the others.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: str = "yolov8n.yaml"
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
        local = "://" not in weights and path.suffix in {".pt", ".yaml", ".yml"}
        if not local or path.stem.endswith(_OTHER_TASKS):
            msg = "give a detection architecture such as 'yolov8n.yaml' or the path of a .pt file"
            raise ValueError(msg)
        return weights

    @property
    def from_scratch(self) -> bool:
        """Whether `weights` names an architecture only."""
        return not self.weights.endswith(".pt")

    def input_size(self, size: int) -> int:
        """The detector's input edge for samples of `size` pixels."""
        return -(-(self.imgsz or size) // STRIDE) * STRIDE

    def files(self) -> list[Path]:
        """The local files that `weights` names; an architecture of Ultralytics' own is none.

        Raises:
            WeightsError: If a checkpoint is not on this machine.
        """
        path = Path(self.weights).expanduser()
        if path.is_file():
            return [path.resolve()]
        if self.from_scratch:
            return []
        raise WeightsError(
            f"yolo: no weights file '{self.weights}' on this machine; none is ever downloaded.\n"
            f"Put the file there, or train from scratch with weights: {path.stem}.yaml"
        )

"""Ultralytics' trainers without the parts that write, report, or look at validation data.

No checkpoints, validation, plots, callbacks or look-ups: the trained weights stay in memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from iadbe.models.training_log import TrainingLog
from iadbe.models.yolo.architectures import Task
from iadbe.models.yolo.library import ClassificationTrainer, DetectionTrainer, SegmentationTrainer
from iadbe.models.yolo.network import CLASSES


class _Quiet:
    """What is left out of each trainer; stands before it in the order of bases."""

    args: Any
    model: Any
    architecture: dict[str, Any]
    """Of the network that is trained; checked."""
    source: torch.nn.Module | None = None
    """The network whose weights it starts from."""
    loss: Any
    begun: int = 0
    """Epochs."""
    finite: torch.Tensor | bool = True
    """Whether every loss was a number; where the network is, so that no GPU is waited for."""

    def get_dataset(self) -> dict[str, Any]:
        """The staged images; the original asks GitHub for a font at this point."""
        names = CLASSES[self.args.task]
        images = "train" if self.args.task == "classify" else "train.txt"
        place = str(Path(self.args.save_dir, images))
        return {"train": place, "val": place, "names": names, "nc": len(names), "channels": 3}

    def setup_model(self) -> None:
        """Build the network; the original unpickles a checkpoint, or downloads one."""
        trainer: Any = self
        self.model = trainer.get_model(self.architecture, weights=self.source, verbose=False)

    def run_callbacks(self, event: str) -> None:
        """Tell nobody, the user's trackers may be on; keep what the training log needs."""
        trainer: Any = self
        if event == "on_train_epoch_start":
            self.begun = trainer.epoch + 1
        if event == "on_train_batch_end" and self.loss is not None:
            self.finite = torch.isfinite(self.loss.detach()) & self.finite

    def training_log(self) -> TrainingLog:
        """What the training was like, once it has ended."""
        last = None if self.loss is None else float(self.loss)
        return TrainingLog(self.begun, int(self.args.epochs), last, finite=bool(self.finite))

    def validate(self) -> tuple[dict[str, float], float]:
        """Choose no epoch: the last one is the model, as no held-out defects are at hand."""
        return {}, 0.0

    def save_model(self) -> bool:
        """Keep no checkpoint: it would be a half-precision pickle."""
        return False

    def save_metrics(self, metrics: dict[str, float]) -> None:
        """Keep no table of losses."""

    def final_eval(self) -> None:
        """Skip the evaluation of a checkpoint that does not exist."""


class _Detector(_Quiet, DetectionTrainer):
    """Trains boxes."""


class _Segmenter(_Quiet, SegmentationTrainer):
    """Trains boxes with masks."""


class _Classifier(_Quiet, ClassificationTrainer):
    """Trains two classes."""


TRAINERS: dict[Task, Any] = {"detect": _Detector, "segment": _Segmenter, "classify": _Classifier}

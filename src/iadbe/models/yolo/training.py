"""Training of a detector on a staged folder, and nothing else that Ultralytics does besides.

No checkpoints, validation, plots, callbacks or look-ups: the trained weights stay in memory.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch

from iadbe.models.yolo.library import DetectionModel, DetectionTrainer
from iadbe.models.yolo.params import YoloParams
from iadbe.models.yolo.staging import stage
from iadbe.samples import Samples

_FIXED_CAMERA = {"hsv_h": 0.0, "hsv_s": 0.1, "hsv_v": 0.1, "scale": 0.2}
"""Milder augmentation than Ultralytics' own, which is for photographs: light and distance of an
inspection camera hardly change, and shrunk images lose small defects."""


class _QuietTrainer(DetectionTrainer):
    """Ultralytics' trainer without the parts that write, report or look at validation data."""

    def get_dataset(self) -> dict[str, Any]:
        """The staged images; the original asks GitHub for a font at this point."""
        listing = str(Path(self.args.save_dir, "train.txt"))
        return {"train": listing, "val": listing, "names": {0: "defect"}, "nc": 1, "channels": 3}

    def run_callbacks(self, event: str) -> None:
        """Tell nobody: the user's trackers may be on."""

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


def train(params: YoloParams, samples: Samples, seed: int, device: str) -> DetectionModel:
    """Train a one-class detector.

    Args:
        params: The model's parameters.
        samples: Labelled training samples.
        seed: Decides initial weights, order and augmentation.
        device: A torch device name.

    Returns:
        The averaged (EMA) weights after the last epoch, float32, in evaluation mode.

    Raises:
        DataError: If no sample shows a defect.
        WeightsError: If the weights are not on this machine.
    """
    threads = torch.get_num_threads()
    size = params.input_size(samples.size)
    try:
        with tempfile.TemporaryDirectory(prefix="iadbe-yolo-") as folder:
            stage(samples, Path(folder), size, balance=params.balance)
            trainer: Any = _QuietTrainer(overrides=_overrides(params, folder, size, seed, device))
            torch.set_num_threads(threads)  # the constructor takes all cores but one
            trainer.train()
            model: DetectionModel = trainer.ema.ema
    finally:
        torch.set_num_threads(threads)
    return model.eval().requires_grad_(requires_grad=False)


def _overrides(
    params: YoloParams, folder: str, size: int, seed: int, device: str
) -> dict[str, object]:
    """Ultralytics' training arguments that differ from its defaults."""
    files = params.files()
    return {
        "model": str(files[0]) if files else params.weights,
        "pretrained": not params.from_scratch,
        "epochs": params.epochs,
        "batch": params.batch_size,
        "nbs": params.batch_size,  # one optimizer step a batch: industrial sets are small
        "imgsz": size,
        "mosaic": params.mosaic,
        **_FIXED_CAMERA,
        "close_mosaic": params.epochs // 10,
        "warmup_epochs": min(3.0, params.epochs / 15),
        "seed": seed,
        "device": device,
        "save_dir": folder,
        "workers": 0,
        "patience": 0,
        "deterministic": True,
        "amp": False,
        "plots": False,
        "val": False,
        "save": False,
        "verbose": False,
    }

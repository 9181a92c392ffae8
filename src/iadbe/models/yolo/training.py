"""Training of a network on a staged folder."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

import torch

from iadbe.models.training_log import TrainingLog
from iadbe.models.yolo import checkpoint
from iadbe.models.yolo.network import CLASSES, architecture_of, build, restore
from iadbe.models.yolo.params import YoloParams
from iadbe.models.yolo.pixels import at_input_size
from iadbe.models.yolo.process import unchanged_process
from iadbe.models.yolo.staging import stage
from iadbe.models.yolo.trainers import TRAINERS
from iadbe.samples import Samples

_FIXED_CAMERA = {
    "hsv_h": 0.0,
    "hsv_s": 0.1,
    "hsv_v": 0.1,
    "scale": 0.2,
    "erasing": 0.0,
    "auto_augment": None,
}
"""Milder augmentation than Ultralytics' own, which is for photographs: light and distance of an
inspection camera hardly change, shrunk images lose small defects, and a classifier's erased or
redrawn images lose or gain some."""


def train(
    params: YoloParams, samples: Samples, seed: int, device: str
) -> tuple[torch.nn.Module, TrainingLog]:
    """Train a network.

    Args:
        params: The model's parameters.
        samples: Labelled training samples.
        seed: Decides initial weights, order and augmentation.
        device: A torch device name.

    Returns:
        The averaged (EMA) weights after the last epoch, float32, in evaluation mode, and how the
        training went.

    Raises:
        DataError: If no sample shows a defect.
        WeightsError: If the weights are not on this machine, or not what they should be.
    """
    architecture, source = starting_point(params)
    shown = at_input_size(samples, params.input_size(samples.size))
    with unchanged_process() as threads, tempfile.TemporaryDirectory(prefix="iadbe-yolo-") as name:
        stage(shown, Path(name), params.kind, balance=params.balance)
        overrides = _overrides(params, name, shown.size, seed, device)
        trainer = TRAINERS[params.kind](overrides=overrides)
        trainer.architecture, trainer.source = copy.deepcopy(architecture), source
        torch.set_num_threads(threads)
        trainer.train()
        model: torch.nn.Module = trainer.ema.ema
    return model.eval().requires_grad_(requires_grad=False), trainer.training_log()


def starting_point(params: YoloParams) -> tuple[dict[str, Any], torch.nn.Module | None]:
    """The checked architecture that is trained, and the network whose weights it starts from.

    Raises:
        WeightsError: If a checkpoint is not on this machine, or no network for the task.
    """
    files = params.files()
    if not params.from_scratch:
        read = checkpoint.read(files[0])
        return read.architecture, restore(read, params.kind)
    architecture = architecture_of(params.weights, files[0] if files else None)
    build(architecture, params.kind, len(CLASSES[params.kind]))  # refuses what must not be parsed
    return architecture, None


def _overrides(
    params: YoloParams, folder: str, size: int, seed: int, device: str
) -> dict[str, object]:
    """Ultralytics' training arguments that differ from its defaults."""
    return {
        "model": "network.yaml",  # a name only: the trainer is given the network
        "task": params.kind,
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

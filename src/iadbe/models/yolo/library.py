"""The one door to Ultralytics: importing this module imports it, isolated.

Safe to preload in a fork server: what `environment.isolate` set is inherited with the import.
"""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from iadbe.models.yolo import environment
from iadbe.models.yolo.architectures import Task

_OURS = environment.isolate()
_open, _printing = Image.open, np.get_printoptions()

with environment.unchanged_variables():  # Ultralytics and OpenCV set some while imported
    import ultralytics.nn.modules
    from ultralytics.models.yolo.classify import ClassificationTrainer
    from ultralytics.models.yolo.detect import DetectionTrainer
    from ultralytics.models.yolo.segment import SegmentationTrainer
    from ultralytics.nn.tasks import (
        ClassificationModel,
        DetectionModel,
        SegmentationModel,
        yaml_model_load,
    )
    from ultralytics.utils import SETTINGS
    from ultralytics.utils.nms import non_max_suppression
    from ultralytics.utils.ops import process_mask

# Ultralytics replaces these for everybody: how images are opened (by a function that asks for
# pi-heif at every broken file), and how numbers are printed.
Image.open = _open
if _OURS:
    SETTINGS.update(dict.fromkeys(environment.SILENT_SETTINGS, False))  # type: ignore[no-untyped-call]
    np.set_printoptions(**_printing)
    torch.set_printoptions(profile="default")  # type: ignore[no-untyped-call]

NETWORKS: dict[Task, type[torch.nn.Module]] = {
    "detect": DetectionModel,
    "segment": SegmentationModel,
    "classify": ClassificationModel,
}


def layers() -> dict[str, object]:
    """Ultralytics' layers by the names that architectures use."""
    known = vars(ultralytics.nn.modules)
    return {name: known[name] for name in ultralytics.nn.modules.__all__}


__all__ = [
    "NETWORKS",
    "ClassificationTrainer",
    "DetectionTrainer",
    "SegmentationTrainer",
    "layers",
    "non_max_suppression",
    "process_mask",
    "yaml_model_load",
]

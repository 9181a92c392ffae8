"""How each task answers."""

from __future__ import annotations

from collections.abc import Callable

import torch

from iadbe.models.yolo.architectures import Task
from iadbe.models.yolo.classification import classify
from iadbe.models.yolo.detection import Answer, Array, detect
from iadbe.models.yolo.segmentation import segment

ANSWERS: dict[Task, Callable[[torch.nn.Module, Array, int, float], list[Answer]]] = {
    "detect": detect,
    "segment": segment,
    "classify": classify,
}

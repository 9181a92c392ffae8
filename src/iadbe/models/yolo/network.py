"""Networks from architectures, which are data that may come from anybody and are checked first.

Ultralytics' parser evaluates an activation as Python, and takes a layer's name for that of any
object it knows.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import torch

from iadbe.errors import WeightsError
from iadbe.models.yolo.architectures import Task
from iadbe.models.yolo.checkpoint import Checkpoint
from iadbe.models.yolo.library import NETWORKS, layers, yaml_model_load

CLASSES: dict[Task, dict[int, str]] = {
    "detect": {0: "defect"},
    "segment": {0: "defect"},
    "classify": {0: "good", 1: "defect"},
}
"""What the networks are taught to tell apart."""
_ACTIVATION = re.compile(r"(torch\.)?nn\.[A-Za-z0-9]+\([A-Za-z0-9_=., -]*\)")
_FETCHES = "TorchVision"
"""A layer that downloads weights."""


def architecture_of(name: str, file: Path | None) -> dict[str, Any]:
    """The architecture of a file, or that which Ultralytics ships under a name."""
    reader: Any = yaml_model_load  # untyped upstream
    loaded: dict[str, Any] = reader(str(file or name))
    return loaded


def build(architecture: dict[str, Any], task: Task, classes: int) -> torch.nn.Module:
    """A network with random weights, in training mode.

    Raises:
        WeightsError: If the architecture is not one for the task, or has parts that are no layers.
    """
    _check(architecture, task)
    network: Any = NETWORKS[task]  # untyped upstream
    built: torch.nn.Module = network(copy.deepcopy(architecture), nc=classes, verbose=False)
    return built


def restore(checkpoint: Checkpoint, task: Task) -> torch.nn.Module:
    """The network of a checkpoint, with its weights and as many classes as it has.

    Raises:
        WeightsError: If it is not one for the task, or its weights do not fit its architecture.
    """
    network = build(checkpoint.architecture, task, int(checkpoint.architecture["nc"]))
    try:
        network.load_state_dict(checkpoint.state)
    except RuntimeError as error:
        raise WeightsError(
            "yolo: the checkpoint's weights do not fit the layers that ultralytics builds for it; "
            "it was written by another version or is fused: save it again with the installed one"
        ) from error
    return network


def _check(architecture: dict[str, Any], task: Task) -> None:
    """Let through what is made of Ultralytics' and torch's layers, and ends in the task's head."""
    try:
        rows = [*architecture["backbone"], *architecture["head"]]
        names = [row[2] for row in rows]
    except (KeyError, IndexError, TypeError) as error:
        raise WeightsError("yolo: the architecture has no layers in backbone and head") from error
    if unknown := sorted({str(name) for name in names if not _is_layer(name)}):
        raise WeightsError(f"yolo: the architecture has parts that are no layers: {unknown}")
    activation = architecture.get("activation")
    if activation is not None and not _ACTIVATION.fullmatch(str(activation)):
        raise WeightsError(f"yolo: the activation {activation!r} is none of torch.nn's")
    if (found := _task_of_head(str(names[-1]))) != task:
        remedy = f"set task: {found}" if found else "give a network with one of these heads"
        raise WeightsError(f"yolo: a network that ends in {names[-1]} cannot {task}; {remedy}")


def _is_layer(name: object) -> bool:
    if not isinstance(name, str) or name == _FETCHES:
        return False
    found = getattr(torch.nn, name[3:], None) if name.startswith("nn.") else layers().get(name)
    return isinstance(found, type) and issubclass(found, torch.nn.Module)


def _task_of_head(head: str) -> Task | None:
    heads: dict[str, Task] = {
        "Detect": "detect",
        "v10Detect": "detect",
        "Segment": "segment",
        "Segment26": "segment",
        "Classify": "classify",
    }
    return heads.get(head)

"""Reads a `.pt` checkpoint of Ultralytics without running a line of what it names.

Such a file is a pickle of whole network objects. torch reads it with `weights_only=True`, and every
class it names that torch does not know as plain data becomes an inert stand-in, which keeps what it
is given and does nothing. What is taken out is the architecture, as data, and the tensors.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import torch

from iadbe.errors import WeightsError


class Checkpoint(NamedTuple):
    """What a checkpoint holds: the architecture as Ultralytics' YAML has it, and the tensors."""

    architecture: dict[str, Any]
    state: dict[str, torch.Tensor]


class _Inert:
    """Stands in for any class or function that a checkpoint names."""

    def __new__(cls, *_: object, **__: object) -> Self:
        return super().__new__(cls)

    def __init__(self, *_: object, **__: object) -> None:
        """Ignore what it is called with."""

    def __setstate__(self, state: object) -> None:
        if isinstance(state, dict):
            vars(self).update({key: value for key, value in state.items() if isinstance(key, str)})


def read(file: Path) -> Checkpoint:
    """Read a checkpoint of the package `ultralytics`.

    Args:
        file: A `.pt` file that its trainer wrote, or one of its published ones.

    Raises:
        WeightsError: If the file is damaged or something else.
    """
    try:
        names = torch.serialization.get_unsafe_globals_in_checkpoint(file)
        aliases: Any = [(_Inert, name) for name in names]
        with torch.serialization.safe_globals(aliases):
            content = torch.load(file, map_location="cpu", weights_only=True)
    except (ValueError, RuntimeError, EOFError, OSError, pickle.UnpicklingError) as error:
        raise _unusable(file, str(error).partition("\n")[0]) from error
    network = content
    if isinstance(content, Mapping):
        network = content.get("ema") or content.get("model")
    architecture = getattr(network, "yaml", None)
    if not isinstance(network, _Inert) or not isinstance(architecture, dict):
        raise _unusable(file, "it holds no network with its architecture")
    return Checkpoint(architecture, dict(_tensors(network, "")))


def _tensors(module: _Inert, prefix: str) -> Iterator[tuple[str, torch.Tensor]]:
    """The state dict of a stand-in, by the names that torch gives."""
    kept = vars(module)
    passing = kept.get("_non_persistent_buffers_set") or ()
    for group in ("_parameters", "_buffers"):
        for name, value in (kept.get(group) or {}).items():
            if isinstance(value, torch.Tensor) and not (group == "_buffers" and name in passing):
                single = value.float() if value.is_floating_point() else value
                yield f"{prefix}{name}", single.detach()
    for name, child in (kept.get("_modules") or {}).items():
        if isinstance(child, _Inert):
            yield from _tensors(child, f"{prefix}{name}.")


def _unusable(file: Path, why: str) -> WeightsError:
    return WeightsError(
        f"yolo: {file} is no checkpoint of the package ultralytics ({why}).\n"
        "Give a .pt file that ultralytics 8 wrote (no export, no YOLOv5 repository file), or train "
        "from scratch with weights: yolov8n.yaml"
    )

"""torchvision's networks with weights that were found on this machine, or with random ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch.nn.modules.module import _IncompatibleKeys
from torchvision.models._api import WeightsEnum

from iadbe.errors import WeightsError
from iadbe.models.weights.locate import resolve
from iadbe.models.weights.requirement import Weights


class _NoState(dict[str, torch.Tensor]):
    """What a network that shall stay random is given to load."""


@contextmanager
def local_networks(*, pretrained: bool) -> Iterator[None]:
    """Within the context torchvision's builders load local files for the weights they are given.

    All of them, detectors included, ask `WeightsEnum.get_state_dict`.

    Args:
        pretrained: False leaves the networks random and reads no file at all.
    """
    state_of, load = WeightsEnum.get_state_dict, nn.Module.load_state_dict

    def load_state_dict(module: nn.Module, state_dict: Any, *args: Any, **options: Any) -> Any:
        if isinstance(state_dict, _NoState):
            return _IncompatibleKeys([], [])
        return load(module, state_dict, *args, **options)

    replaced: Any = WeightsEnum
    network: Any = nn.Module
    replaced.get_state_dict = _local_state if pretrained else _no_state
    network.load_state_dict = load_state_dict
    try:
        yield
    finally:
        replaced.get_state_dict = state_of
        network.load_state_dict = load


def _no_state(_member: Any, *_args: Any, **_options: Any) -> dict[str, Any]:
    return _NoState()


def _local_state(member: Any, *_args: Any, **_options: Any) -> dict[str, Any]:
    """The tensors of published weights, such as `ResNet18_Weights.IMAGENET1K_V1`."""
    name, file = repr(member), str(member.url).rpartition("/")[2]
    path = resolve(Weights(f"torchvision/{name}", file, "torchvision", name))
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch.load raises a dozen kinds of errors for what it cannot read
        raise WeightsError(
            f"{path} is damaged or holds more than tensors (read with weights_only): get it again"
        ) from error
    return state

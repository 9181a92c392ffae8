"""A fitted torch model as a safetensors file, and back."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from iadbe.errors import ContractError

_REMAINS = frozenset({"attn_map", "center", "cluster_index", "distance", "distribution"})
"""Plain attributes that hold something of the last batch, or are used in training only."""


def save_state(model: nn.Module, file: Path) -> None:
    """Write parameters, buffers and tensors that modules keep as plain attributes.

    Args:
        model: The fitted model.
        file: The safetensors file to write.
    """
    save_file({name: _packed(tensor.cpu()) for name, tensor in _state(model).items()}, file)


def load_state(model: nn.Module, file: Path) -> None:
    """Restore what `save_state` wrote, whatever the shapes of the fresh model's buffers.

    Args:
        model: A fresh model of the same class and arguments.
        file: The safetensors file to read.

    Raises:
        ContractError: If the file lacks tensors of the model.
    """
    tensors = load_file(file)
    lacking = sorted(set(model.state_dict()) - set(tensors))
    if lacking:
        raise ContractError(f"{file} lacks {len(lacking)} tensors, e.g. {lacking[0]}: train again")
    _assign(model, tensors)


def make_contiguous(model: nn.Module) -> None:
    """Bring fitted tensors into the layout they will have after loading.

    Strides decide the order of summation, so the last bits of a score depend on them.
    """
    state = _state(model)
    _assign(model, {name: _packed(t) for name, t in state.items() if not t.is_contiguous()})


def drop_remains(model: nn.Module) -> None:
    """Let go of what training left: GeneralAD's attention of a batch takes up to 2 GB."""
    for module in model.modules():
        for attribute in _REMAINS & vars(module).keys():
            if isinstance(getattr(module, attribute), torch.Tensor):
                delattr(module, attribute)


def count(model: nn.Module) -> int:
    """How many numbers `save_state` writes."""
    return sum(tensor.numel() for tensor in _state(model).values())


def _assign(model: nn.Module, tensors: dict[str, torch.Tensor]) -> None:
    for name, tensor in tensors.items():
        owner, _, attribute = name.rpartition(".")
        module = model.get_submodule(owner)
        is_parameter = isinstance(getattr(module, attribute, None), nn.Parameter)
        value = nn.Parameter(tensor, requires_grad=False) if is_parameter else tensor
        setattr(module, attribute, value)


def _packed(tensor: torch.Tensor) -> torch.Tensor:
    """A copy of its own: safetensors takes neither shared memory nor strides."""
    return tensor.detach().clone(memory_format=torch.contiguous_format)


def _state(model: nn.Module) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = dict(model.state_dict())
    for path, module in model.named_modules():
        for attribute, value in vars(module).items():
            if isinstance(value, torch.Tensor) and attribute not in _REMAINS:
                state[f"{path}.{attribute}".lstrip(".")] = value
    return state

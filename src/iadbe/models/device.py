"""Where a model runs."""

from __future__ import annotations


def resolve(name: str) -> str:
    """The torch device of a name: `auto` is the first CUDA device if there is one, else `cpu`."""
    import torch

    if name != "auto":
        return name
    return "cuda:0" if torch.cuda.is_available() else "cpu"

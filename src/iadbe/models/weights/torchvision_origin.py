"""Where torchvision's published weights come from and where it caches them."""

from __future__ import annotations

import difflib
import importlib.util
import re
from pathlib import Path

from iadbe.errors import WeightsError
from iadbe.models.weights.download import download
from iadbe.models.weights.places import torch_checkpoints
from iadbe.models.weights.requirement import Weights
from iadbe.models.weights.unavailable import UnavailableError

_SUM = re.compile(r"-([0-9a-f]{8,})\.")
"""torchvision's files carry the beginning of their sha256: `resnet18-f37072fd.pth`."""


def cached(weights: Weights) -> Path | None:
    """The file in torch's cache; imports torchvision only if its name is not a published one."""
    name = weights.file
    if not _SUM.search(name) and importlib.util.find_spec("torchvision") is not None:
        name = _file_name(address(weights.origin))
    file = torch_checkpoints() / name
    return file if file.is_file() else None


def fetch(weights: Weights) -> Path:
    """The file, downloaded into torch's cache under the name that torchvision looks for.

    Raises:
        UnavailableError: If its host does not give it, or it is not the file of that sum.
        WeightsError: If torchvision knows no such network.
    """
    if importlib.util.find_spec("torchvision") is None:
        raise UnavailableError("torchvision is not installed: pip install 'iadbe[anomalib]'")
    url = address(weights.origin)
    name = _file_name(url)
    published = _SUM.search(name)
    prefix = published[1] if published else None
    return download(url, torch_checkpoints() / name, weights.sha256 or prefix)


def address(origin: str) -> str:
    """Where weights are published.

    Args:
        origin: A network (`resnet18`, its default weights) or weights
            (`ResNet18_Weights.IMAGENET1K_V1`).

    Raises:
        WeightsError: If torchvision knows neither.
    """
    from torchvision.models import get_model_weights, get_weight, list_models

    try:
        found = get_weight(origin) if "." in origin else get_model_weights(origin).DEFAULT
    except (ValueError, KeyError) as error:
        near = difflib.get_close_matches(origin, list_models(), n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise WeightsError(f"torchvision knows no weights of '{origin}'{hint}") from error
    return str(found.url)


def what(origin: str) -> str:
    """Where the file is published, for messages."""
    known = importlib.util.find_spec("torchvision") is not None
    return address(origin) if known else f"torchvision's weights of {origin}"


def _file_name(url: str) -> str:
    return url.rpartition("/")[2]

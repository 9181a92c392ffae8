"""One context in which every pretrained network comes from this machine, or stays random."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from iadbe.models.weights.network import offline_by


@contextmanager
def local_weights(*, pretrained: bool = True) -> Iterator[None]:
    """Within the context timm and torchvision load what `resolve` finds.

    This reaches also models that ask for pretrained weights unconditionally. Whatever asks the
    Hugging Face hub by itself is held to `IADBE_OFFLINE`.

    Args:
        pretrained: False builds every network with random weights and reads no file at all, for
            a model whose saved state is about to replace them.
    """
    with ExitStack() as stack:
        stack.enter_context(_hub_as_allowed())
        if importlib.util.find_spec("timm") is not None:
            from iadbe.models.weights.timm_backbone import local_backbones

            stack.enter_context(local_backbones(pretrained=pretrained))
        if importlib.util.find_spec("torchvision") is not None:
            from iadbe.models.weights.torchvision_networks import local_networks

            stack.enter_context(local_networks(pretrained=pretrained))
        yield


@contextmanager
def _hub_as_allowed() -> Iterator[None]:
    if offline_by() is None or importlib.util.find_spec("huggingface_hub") is None:
        yield
        return
    from huggingface_hub import constants

    library: Any = constants
    original = library.HF_HUB_OFFLINE
    library.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        library.HF_HUB_OFFLINE = original

"""Raw scores of models whose forward pass ends in a squashing function.

A probability near 0 or 1 has lost the order of what it was computed from: far from the training
images scores tie. Where the last step is monotonic, the value before it ranks alike without ties.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from anomalib.models.image.anomalyvfm.torch_model import AnomalyVFMModel
from anomalib.models.image.dfkde.torch_model import DfkdeModel
from anomalib.models.image.draem.torch_model import DraemModel
from anomalib.models.image.dsr.torch_model import DsrModel
from anomalib.models.image.supersimplenet.torch_model import SupersimplenetModel
from torch import nn

from iadbe.models.anomalib.density import negative_log_density

Raw = tuple[torch.Tensor, torch.Tensor | None]
"""Image scores (n,) or (n, 1), and maps (n, h, w) or (n, 1, h, w) if there are any."""


def raw_scores(model: nn.Module, images: torch.Tensor) -> Raw:
    """Score normalised images of shape (n, 3, height, width) by a fitted model in eval mode."""
    own: dict[type[nn.Module], Callable[[Any, torch.Tensor], Raw]] = {
        AnomalyVFMModel: _anomaly_vfm,
        DfkdeModel: lambda kernel, batch: (negative_log_density(kernel, batch), None),
        DraemModel: _draem,
        DsrModel: _dsr,
        SupersimplenetModel: _supersimplenet,
    }
    return own.get(type(model), _as_given)(model, images)


def _as_given(model: nn.Module, images: torch.Tensor) -> Raw:
    output = model(images)
    if output.pred_score is None:
        return output.anomaly_map.flatten(start_dim=1).amax(dim=1), output.anomaly_map
    return output.pred_score, output.anomaly_map


def _draem(model: Any, images: torch.Tensor) -> Raw:
    """Log odds of each pixel; the image's are the highest."""
    logits, _ = _before(model.discriminative_subnetwork, model, images)
    log_odds = logits[:, 1] - logits[:, 0]
    return log_odds.flatten(start_dim=1).amax(dim=1), log_odds


def _dsr(model: Any, images: torch.Tensor) -> Raw:
    """Maps as log odds; the image score is an average of probabilities by definition."""
    logits, output = _before(model.upsampling_module, model, images)
    return output.pred_score, logits[:, 1] - logits[:, 0]


def _supersimplenet(model: Any, images: torch.Tensor) -> Raw:
    """Logits of image and pixels."""
    scores: list[torch.Tensor] = []
    hook = model.segdec.register_forward_hook(lambda _model, _args, out: scores.append(out[1]))
    maps, _ = _before(model.anomaly_map_generator, model, images)
    hook.remove()
    return scores[0], maps


def _anomaly_vfm(model: Any, images: torch.Tensor) -> Raw:
    """The image's logit; maps are averages of probabilities by definition."""
    logits, (_, maps) = _before(model.predictor, model, images)
    return logits, maps


def _before(part: nn.Module, model: nn.Module, images: torch.Tensor) -> tuple[torch.Tensor, Any]:
    """What a part of the model gives, and what the whole makes of it."""
    seen: list[torch.Tensor] = []
    hook = part.register_forward_hook(lambda _module, _args, output: seen.append(output))
    try:
        output = model(images)
    finally:
        hook.remove()
    return seen[0], output

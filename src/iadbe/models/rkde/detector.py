"""torchvision's detector, whole: with COCO weights, with random ones, or as it was saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torchvision.models import get_model
from torchvision.models.detection.faster_rcnn import FasterRCNN

from iadbe.errors import ContractError
from iadbe.models.rkde.params import RkdeParams
from iadbe.models.weights import local_weights

_CANDIDATES = 1000
"""Detections an image before small and overlapping ones are dropped, as in Anomalib 1.x."""


def build(params: RkdeParams, *, pretrained: bool, seed: int = 0) -> FasterRCNN:
    """A detector in eval mode on the CPU.

    It is always the network of the published weights (torchvision freezes its normalization), so
    that a saved state fits however it was made.

    Args:
        params: Which detector, and which of its boxes to keep.
        pretrained: False leaves it random.
        seed: Of the random weights; the generator is put back.

    Raises:
        WeightsError: If the weights are neither on this machine nor to be had.
    """
    with torch.random.fork_rng(devices=[]), local_weights(pretrained=pretrained):
        torch.manual_seed(seed)
        detector: FasterRCNN = get_model(params.detector, weights="DEFAULT", **_settings(params))
    return detector.eval().requires_grad_(requires_grad=False)


def _settings(params: RkdeParams) -> dict[str, Any]:
    """Let the detector propose freely; `regions` drops boxes by size, overlap and number."""
    proposals_only = params.roi_stage == "rpn"
    settings: dict[str, Any] = {
        "box_score_thresh": params.roi_score_threshold,
        "box_nms_thresh": 1.0,
        "box_detections_per_img": _CANDIDATES,
        "rpn_score_thresh": params.roi_score_threshold if proposals_only else 0.0,
    }
    if proposals_only:
        settings["rpn_post_nms_top_n_test"] = params.max_detections_per_image
    if params.detector_size is not None:
        settings |= {"min_size": params.detector_size, "max_size": params.detector_size}
    return settings


def save(detector: FasterRCNN, file: Path) -> None:
    """Write its tensors as safetensors."""
    state = detector.state_dict()
    save_file({name: tensor.cpu().clone().contiguous() for name, tensor in state.items()}, file)


def load(params: RkdeParams, file: Path) -> FasterRCNN:
    """Restore what `save` wrote; reads no other file.

    Raises:
        ContractError: If the file is not the state of that detector.
    """
    detector = build(params, pretrained=False)
    try:
        detector.load_state_dict(load_file(file))
    except RuntimeError as error:
        raise ContractError(f"{file} is not a saved {params.detector}: train again") from error
    return detector

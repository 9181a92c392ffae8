"""Pretrained weights: declared by models, found on this machine before any hub is asked."""

from iadbe.models.weights.requirement import (
    Weights,
    hub_weights,
    timm_weights,
    torchvision_weights,
    url_file,
)
from iadbe.models.weights.timm_backbone import (
    FOLDER_VARIABLE,
    PACKAGED_BACKBONE,
    local_weights,
    normalization,
    weights_file,
)

__all__ = [
    "FOLDER_VARIABLE",
    "PACKAGED_BACKBONE",
    "Weights",
    "hub_weights",
    "local_weights",
    "normalization",
    "timm_weights",
    "torchvision_weights",
    "url_file",
    "weights_file",
]

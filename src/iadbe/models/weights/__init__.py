"""Pretrained weights: declared by models, found on this machine before any hub is asked."""

from iadbe.models.weights.local_weights import local_weights
from iadbe.models.weights.locate import find, resolve
from iadbe.models.weights.network import OFFLINE_VARIABLE
from iadbe.models.weights.packaged import PACKAGED_BACKBONE
from iadbe.models.weights.places import FOLDER_VARIABLE
from iadbe.models.weights.requirement import (
    Weights,
    hub_weights,
    timm_weights,
    torchvision_weights,
    url_file,
)
from iadbe.models.weights.timm_backbone import normalization, weights_file

__all__ = [
    "FOLDER_VARIABLE",
    "OFFLINE_VARIABLE",
    "PACKAGED_BACKBONE",
    "Weights",
    "find",
    "hub_weights",
    "local_weights",
    "normalization",
    "resolve",
    "timm_weights",
    "torchvision_weights",
    "url_file",
    "weights_file",
]

"""Runs any Anomalib image model by its class name."""

from iadbe.models.anomalib.model import AnomalibModel
from iadbe.models.anomalib.params import AnomalibParams

__all__ = ["AnomalibModel", "AnomalibParams"]

"""Ultralytics YOLO detectors behind the model contract; needs the extra `iadbe[yolo]`.

Ultralytics is licensed under AGPL-3.0, its pretrained weights included. IADBE copies none of it
and imports it only when a run asks for this plugin.
"""

from iadbe.models.yolo.model import YoloModel
from iadbe.models.yolo.params import YoloParams

__all__ = ["YoloModel", "YoloParams"]

"""The one door to Ultralytics: importing this module imports it, isolated.

Safe to preload in a fork server: what `environment.isolate` set is inherited with the import.
"""

from __future__ import annotations

from PIL import Image

from iadbe.models.yolo import environment

_OURS = environment.isolate()
_open = Image.open

from ultralytics.models.yolo.detect import DetectionTrainer  # noqa: E402
from ultralytics.nn.tasks import DetectionModel  # noqa: E402
from ultralytics.utils import SETTINGS  # noqa: E402
from ultralytics.utils.nms import non_max_suppression  # noqa: E402

if _OURS:
    SETTINGS.update(dict.fromkeys(environment.SILENT_SETTINGS, False))  # type: ignore[no-untyped-call]

# Ultralytics replaces this for everybody, by one that asks for pi-heif at every broken file.
Image.open = _open

__all__ = ["DetectionModel", "DetectionTrainer", "non_max_suppression"]

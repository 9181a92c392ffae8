"""Region-based kernel density estimation behind the model contract; needs `iadbe[anomalib]`.

Anomalib had it up to 1.x and dropped it in 2.0. This is our own, on torchvision's detectors.
"""

from iadbe.models.rkde.model import RkdeModel
from iadbe.models.rkde.params import RkdeParams

__all__ = ["RkdeModel", "RkdeParams"]

"""EfficientAD scales its two maps by quantiles on normal images that it was not trained on.

Anomalib takes them from the validation images, which by default are test images. Here a tenth of
the training images is held out, as in Batzner et al., EfficientAD, WACV 2024 (arXiv 2303.14535),
appendix A.1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from anomalib.models.components import AnomalibModule

from iadbe.errors import DataError
from iadbe.models.anomalib.data import TrainingData
from iadbe.samples import Samples

_SHARE = 0.1


def hold_out(samples: Samples, seed: int) -> tuple[Samples, Samples]:
    """Training images, and a random tenth of them (at least one) for the quantiles.

    Raises:
        DataError: If there is only one image.
    """
    if len(samples) < 2:
        raise DataError("EfficientAd needs two training images or more: one is held out")
    order = np.random.default_rng(seed).permutation(len(samples))
    held = max(1, round(_SHARE * len(samples)))
    return _rows(samples, order[held:]), _rows(samples, order[:held])


def set_quantiles(module: AnomalibModule, data: TrainingData) -> None:
    """Scale the maps of a trained module in eval mode by held-out images."""
    untyped: Any = module
    untyped.model.quantiles.update(untyped.map_norm_quantiles(data.in_order()))


def _rows(samples: Samples, rows: Any) -> Samples:
    return Samples(samples.frame.iloc[np.sort(rows)], samples.size, labelled=samples.labelled)

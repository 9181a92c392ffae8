"""One seed for every generator that a model may draw from."""

from __future__ import annotations

import random
import sys
from collections.abc import Collection

import numpy as np


def seed_everything(seed: int, libraries: Collection[str] = ()) -> None:
    """Seed Python, NumPy and torch.

    Args:
        seed: The seed.
        libraries: What the model names as its libraries. Torch is loaded if it is among them: a
            generator that is not there yet cannot be seeded.
    """
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - libraries draw from the global generator
    if "torch" in libraries or "torch" in sys.modules:
        import torch

        torch.manual_seed(seed)

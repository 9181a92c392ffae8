"""Several seeds of one model: mean, spread and number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

ONE_SEED = "one seed: its spread is unknown"


class OverSeeds(NamedTuple):
    """What several seeds gave; an undefined value is None and `reason` says why."""

    mean: float | None
    spread: float | None
    """Standard deviation of the sample, with n - 1 below the line."""
    number: int
    reason: str | None = None


def over_seeds(values: npt.NDArray[np.float64]) -> OverSeeds:
    """Sum up a metric over seeds.

    Args:
        values: Of each seed, shape (S,); a seed whose value is NaN does not count.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return OverSeeds(None, None, 0, "no seed has a value")
    if len(known) == 1:
        return OverSeeds(float(known[0]), None, 1, ONE_SEED)
    return OverSeeds(float(np.mean(known)), float(np.std(known, ddof=1)), len(known))

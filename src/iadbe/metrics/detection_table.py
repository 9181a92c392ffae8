"""The boxes of all predictions as one table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from iadbe.models.protocol import Prediction

COLUMNS = ("left", "top", "right", "bottom", "confidence")


def detection_table(predictions: Sequence[Prediction]) -> pd.DataFrame:
    """One row a predicted box.

    Args:
        predictions: In any order; those without boxes add no row.

    Returns:
        A table of `iadbe.schemas.DetectionsSchema`; the order of samples and boxes is kept.
    """
    boxed = [(each.sample_id, each.boxes) for each in predictions if each.boxes is not None]
    rows = np.concatenate([np.zeros((0, 5)), *(boxes for _, boxes in boxed)], axis=0)
    names = [name for name, boxes in boxed for _ in range(len(boxes))]
    table = pd.DataFrame(rows.astype(np.float64), columns=list(COLUMNS))
    table.insert(0, "sample_id", pd.Series(names, dtype=object))
    return table

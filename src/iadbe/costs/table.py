"""Costs as a table (`iadbe.schemas.CostsSchema`)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from iadbe.metrics.measure import Measure

_COLUMNS = ["metric", "value", "n", "reason"]


def cost_table(measures: Iterable[Measure]) -> pd.DataFrame:
    """One row a measure; all are of level `system`."""
    table = pd.DataFrame(list(measures), columns=list(Measure._fields))[_COLUMNS]
    return table.astype({"value": np.float64, "n": np.int64, "reason": object})

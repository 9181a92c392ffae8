"""What a model costs, as rows of the metrics; it was measured where the model was at hand."""

from __future__ import annotations

import pandas as pd

from iadbe.metrics.measure import Measure


def system_measures(costs: pd.DataFrame) -> list[Measure]:
    """Costs of a cell.

    Args:
        costs: A table of `iadbe.schemas.CostsSchema`.

    Returns:
        One measure each; null with a reason where the cost is unknown.
    """
    known = costs.astype(object).where(costs.notna(), None)
    rows = known[["metric", "value", "n", "reason"]].itertuples(index=False, name=None)
    return [Measure("system", *row) for row in rows]

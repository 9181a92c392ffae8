"""The metric rows over all defects, apart from those of one defect type or size."""

from __future__ import annotations

import pandas as pd


def overall(metrics: pd.DataFrame) -> pd.DataFrame:
    """Rows of a metrics table (`iadbe.schemas.MetricsSchema`) that are over all defects."""
    return metrics[metrics["defect_type"].isna() & metrics["defect_size"].isna()]

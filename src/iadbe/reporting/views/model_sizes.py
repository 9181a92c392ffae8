"""How large the saved models are."""

from __future__ import annotations

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import amount
from iadbe.reporting.results import with_result
from iadbe.reporting.views.table import Table


def model_sizes(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """MB on disk of each model over its cells: models with a memory grow with the training images.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).

    Returns:
        Columns model, mean, least and most; the smallest mean first.
    """
    found = with_result(overall(metrics), runs)
    rows = found[(found["level"] == "system") & (found["metric"] == "model_size_mb")]
    sizes = rows.dropna(subset=["value"]).groupby("model")["value"]
    table = pd.DataFrame({"mean": sizes.mean(), "least": sizes.min(), "most": sizes.max()})
    return table.sort_values("mean", kind="stable").reset_index()


def sizes_table(sizes: pd.DataFrame) -> Table:
    """A row a model."""
    keys = ("mean", "least", "most")
    rows = [(str(row["model"]), [amount(row[key]) for key in keys]) for _, row in sizes.iterrows()]
    return Table("MB of the saved model", "Model", ["Mean, MB", "Least", "Most"], rows)

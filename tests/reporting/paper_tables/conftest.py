"""The original's own results as if they were ours: its tables must come out again."""

from __future__ import annotations

import pandas as pd
import pytest

from iadbe.published.load import AVERAGE, original
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.paper_tables import paper_tables
from iadbe.schemas import MetricsSchema, RunsSchema

from ..made_up import Tables, frame, metric_row, runs_row

LEVELS = {"image_auroc": ("image", "auroc"), "pixel_auroc": ("pixel", "auroc")}


def written(tables: Tables) -> dict[str, str]:
    """All files of a benchmark."""
    return paper_tables(rank(tables.metrics, tables.runs), tables.metrics, tables.runs)


@pytest.fixture(scope="session")
def printed() -> pd.DataFrame:
    """The cells of the paper's tables of image and pixel AUROC, averages apart."""
    facts = original()
    paper = facts["source"].str.startswith("paper") & facts["metric"].isin(LEVELS)
    return facts[paper & (facts["category"] != AVERAGE)]


@pytest.fixture(scope="session")
def originals(printed):
    """They as results, in another order than the tables'."""
    rows = printed.sort_values(["model", "category"], ascending=False).sort_values(
        "dataset", kind="stable"
    )
    cells = rows.drop_duplicates(["dataset", "model", "category"])
    runs = [runs_row(c.dataset, c.model, c.category) for c in cells.itertuples()]
    metrics = [
        metric_row(r.value, *LEVELS[r.metric], model=r.model, category=r.category)
        | {"dataset": r.dataset}
        | ({"reason": "the model gives no anomaly maps"} if pd.isna(r.value) else {})
        for r in rows.itertuples()
    ]
    return Tables(frame(MetricsSchema, metrics), frame(RunsSchema, runs), None, None)


@pytest.fixture(scope="session")
def files(originals):
    """The files of the original's results."""
    return written(originals)


@pytest.fixture(scope="session")
def troubled(tables):
    """The files of a benchmark with every kind of trouble."""
    return written(tables)

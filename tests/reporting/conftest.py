"""Made-up benchmarks: one with every kind of trouble, one of which nothing has run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from iadbe.reporting.details import Details
from iadbe.schemas import CurvesSchema, ExamplesSchema, MetricsSchema, RunsSchema

from .made_up import CATEGORIES, Tables, frame, make_tables, runs_row


@pytest.fixture(scope="session")
def tables():
    """Six models, three categories: one cell failed, one stale, one missing, one supervised."""
    return make_tables()


@pytest.fixture(scope="session")
def empty_tables():
    """A benchmark of which nothing has run yet."""
    rows = [runs_row(category=c, status="missing", supervision=None) for c in CATEGORIES]
    return Tables(
        frame(MetricsSchema, []),
        frame(RunsSchema, rows),
        frame(CurvesSchema, []),
        frame(ExamplesSchema, []),
        Details(),
    )


MINIATURE = Path(__file__).parents[1] / "miniature"


@pytest.fixture(scope="session")
def miniature():
    """A finished demo, numbers only: see tests/miniature/make.py."""
    names = ("metrics", "runs", "scores", "curves")
    stored = {name: pd.read_parquet(MINIATURE / f"{name}.parquet") for name in names}
    details = Details(scores=stored["scores"], curves=stored["curves"])
    return Tables(
        stored["metrics"],
        RunsSchema.validate(stored["runs"]),
        stored["curves"],
        ExamplesSchema.empty(),
        details,
    )

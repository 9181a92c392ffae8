"""Official datasets of which a part is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from iadbe.audit.finding import Finding
from iadbe.layouts.facts import check_counts


def check_official(dataset: str, files: pd.DataFrame) -> Iterator[Finding]:
    """Numbers of images that differ from the official ones; nothing where none are known.

    Args:
        dataset: Its name in the catalog.
        files: A layout's index of its categories.
    """
    for category in sorted(files["category"].unique()):
        for line in check_counts(dataset, category, files):
            remedy = "complete the dataset, or say that you took a part of it"
            yield Finding("warning", "official_count", category, category, line, remedy)

"""Categories of the benchmark that are not on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from iadbe.audit.finding import Finding

ABSENT = "absent_category"
"""The rule. Its error costs the cells of the category only: see `iadbe.runner.findings`."""


def check_absent(absent: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each category that is not there.

    Args:
        absent: What is wrong, naming the place where it was looked for, by category.
    """
    for category, message in absent.items():
        remedy = "put its images there, or take it out of `datasets` in benchmark.yml"
        yield Finding("error", ABSENT, category, category, message, remedy)


def absent_in(findings: pd.DataFrame) -> dict[str, str]:
    """What is wrong with each absent category, by name, as `check_absent` was told it."""
    rows = findings[findings["rule"] == ABSENT]
    return dict(zip(rows["category"], rows["message"], strict=True))

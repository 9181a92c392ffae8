"""A finding: how bad, what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import pandas as pd

from iadbe.schemas import AuditSchema

Severity = Literal["error", "warning", "info"]
SEVERITIES = ("error", "warning", "info")
"""The worst first: an error stops before training, unless its files are left out."""


class Finding(NamedTuple):
    """One thing found in one file, or in one category.

    `path` is the file, or the category's name where the finding is about all of it.
    """

    severity: Severity
    rule: str
    category: str
    path: str
    message: str
    remedy: str


def findings_table(dataset: str, findings: Iterable[Finding]) -> pd.DataFrame:
    """A table of `iadbe.schemas.AuditSchema`, the worst first, then by category, rule and path."""
    columns = ["severity", "rule", "category", "path", "message", "remedy"]
    frame = pd.DataFrame(list(findings), columns=columns)
    frame.insert(0, "dataset", dataset)
    order = frame["severity"].map(SEVERITIES.index)
    frame = frame.assign(order=order).sort_values(["order", "category", "rule", "path"])
    return AuditSchema.validate(frame.drop(columns="order").reset_index(drop=True))

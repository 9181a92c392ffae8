"""The audit's findings, as the report's table: one row a rule and category, not one a file."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.audit.finding import SEVERITIES

SHOWN = 3
"""Paths that a row names; of the others it says how many."""


class AuditRow(NamedTuple):
    """What a rule found in a category."""

    dataset: str
    category: str
    severity: str
    rule: str
    files: int
    message: str
    remedy: str
    paths: list[str]
    more: int


def audit_rows(findings: pd.DataFrame | None) -> list[AuditRow]:
    """Findings by dataset, severity, rule and category, the worst first; none is no rows."""
    if findings is None or findings.empty:
        return []
    keys = ["dataset", "category", "severity", "rule"]
    rows = [_row(group) for _, group in findings.groupby(keys, sort=False)]
    return sorted(rows, key=lambda row: (row.dataset, SEVERITIES.index(row.severity)))


def _row(group: pd.DataFrame) -> AuditRow:
    first = group.iloc[0]
    named = group["path"][group["path"] != group["category"]]
    paths = list(named[:SHOWN])
    return AuditRow(
        dataset=first["dataset"],
        category=first["category"],
        severity=first["severity"],
        rule=first["rule"],
        files=len(group),
        message=first["message"],
        remedy=first["remedy"],
        paths=paths,
        more=len(named) - len(paths),
    )

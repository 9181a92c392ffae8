"""Test sets whose anomalies are drawn, not photographed (`iadbe.synthetic`)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from iadbe.audit.finding import Finding

SYNTHETIC = "synthetic"
"""The rule; tables that show a number of such a category say so."""


def check_drawn(category: str, rows: pd.DataFrame) -> Iterator[Finding]:
    """A finding for a category with synthetic anomalies.

    Args:
        category: Its name.
        rows: Its files: label and, if the layout draws any, synthetic.
    """
    drawn = int(rows["synthetic"].sum()) if "synthetic" in rows else 0
    if drawn:
        message = f"{drawn} of {int(rows['label'].sum())} anomalous images are synthetic"
        remedy = "results say how drawn damage is found; add photographs of real defects"
        yield Finding("warning", SYNTHETIC, category, category, message, remedy)


def drawn_in(findings: pd.DataFrame) -> dict[str, list[str]]:
    """The categories with synthetic anomalies of each dataset that has some.

    Args:
        findings: A table of `iadbe.schemas.AuditSchema`, of one dataset or more.
    """
    rows = findings[findings["rule"] == SYNTHETIC]
    named = rows.groupby("dataset", sort=False)["category"]
    return {str(dataset): sorted(categories) for dataset, categories in named}

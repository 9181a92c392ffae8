"""Findings as text, CSV or Markdown: one line each."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

FORMATS = ("text", "csv", "markdown")


def formatted(findings: pd.DataFrame, form: str) -> str:
    """The findings in one of `FORMATS`; without findings, the header alone or nothing."""
    if form == "csv":
        return findings.to_csv(index=False).rstrip("\n")
    lines = [_text(row) for row in findings.to_dict("records")]
    if form == "text":
        return "\n".join(lines)
    header = [f"| {' | '.join(findings.columns)} |", f"|{'---|' * len(findings.columns)}"]
    return "\n".join(header + [_piped(row) for row in findings.to_dict("records")])


def summary(findings: pd.DataFrame) -> str:
    """How many, by rule."""
    errors = int((findings["severity"] == "error").sum())
    total = f"{errors} errors, {len(findings) - errors} warnings"
    rules = ", ".join(f"{rule} {n}" for rule, n in findings["rule"].value_counts().items())
    return f"{total}: {rules}" if rules else total


def _text(row: dict[Hashable, Any]) -> str:
    """`error file:line table · row · column: rule value: message`, without what is empty."""
    place = " · ".join(str(row[name]) for name in ("table", "row", "column") if row[name])
    said = " ".join(str(row[name]) for name in ("rule", "value") if row[name])
    return f"{row['severity']} {row['file']}:{row['line']} {place}: {said}: {row['message']}"


def _piped(row: dict[Hashable, Any]) -> str:
    cells = (str(value).replace("|", r"\|") for value in row.values())
    return f"| {' | '.join(cells)} |"

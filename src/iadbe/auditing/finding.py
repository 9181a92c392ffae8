"""A finding: something in a table or a log that does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import pandas as pd

Severity = Literal["error", "warning"]
SEVERITIES = ("error", "warning")
"""An error is proven by the evidence; a warning is a suspicion that somebody has to look at."""


class Finding(NamedTuple):
    """One thing that does not hold, in one line.

    `row` and `column` are labels as printed, empty where the finding is about all of the table;
    `table` is empty, and `row` a model, where it is about a log.
    """

    severity: Severity
    rule: str
    file: str
    line: int
    table: str
    row: str
    column: str
    value: str
    message: str


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as a frame, errors first, then by file, line and rule."""
    frame = pd.DataFrame(list(findings), columns=list(Finding._fields))
    frame["severity"] = pd.Categorical(frame["severity"], SEVERITIES, ordered=True)
    order = ["severity", "file", "line", "rule", "column"]
    frame = frame.sort_values(order, kind="stable").reset_index(drop=True)
    return frame.astype({"severity": str})

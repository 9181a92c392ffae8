"""The audit: every rule over all evidence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from iadbe.auditing.evidence import gather
from iadbe.auditing.finding import findings_table
from iadbe.auditing.rules import RULES


def audit(paths: Iterable[Path]) -> pd.DataFrame:
    """Audit files and folders.

    Args:
        paths: Tables (`.md`, `.tex`, `.csv`), console logs (`.log`), or folders of them.

    Returns:
        A row a finding, errors first; columns as in `iadbe.auditing.finding.Finding`.

    Raises:
        DataError: A path cannot be audited, or nothing in it can.
    """
    evidence = gather(paths)
    return findings_table(finding for rule in RULES for finding in rule(evidence))

"""All checks of a dataset, and what follows from their findings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from iadbe.audit.absent import ABSENT, check_absent
from iadbe.audit.duplicates import check_duplicates
from iadbe.audit.finding import findings_table
from iadbe.audit.masks import check_masks
from iadbe.audit.official import check_official
from iadbe.audit.pixels import check_pixels
from iadbe.audit.splits import check_splits, check_unmatched
from iadbe.errors import DataError
from iadbe.images.inspect import Inspection, counted

_SHOWN = 5


def audit(
    dataset: str,
    files: pd.DataFrame,
    found: dict[str, Inspection],
    root: Path | None = None,
    absent: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Check a dataset.

    Args:
        dataset: Its name.
        files: A layout's index of all its categories.
        found: The inspection of every image and mask, by path.
        root: Its folder, to look for files that no rule matched; None looks for none.
        absent: What is wrong with each category that is not there, by name.

    Returns:
        A table of `iadbe.schemas.AuditSchema`, the worst findings first.
    """
    findings = [
        *check_absent(absent or {}),
        *check_pixels(files, found),
        *check_masks(files, found),
        *check_duplicates(files, found),
        *check_splits(files),
        *check_official(dataset, files),
        *(check_unmatched(root, files) if root is not None else ()),
    ]
    return findings_table(dataset, findings)


def without_errors(files: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The rows whose image and mask no error was found in."""
    bad = set(findings.loc[findings["severity"] == "error", "path"])
    return files[~files["image_path"].isin(bad) & ~files["mask_path"].isin(bad)]


def refuse_errors(findings: pd.DataFrame) -> None:
    """Raise DataError if there are errors in files: a line a file, with what to do."""
    errors = findings[(findings["severity"] == "error") & (findings["rule"] != ABSENT)]
    if errors.empty:
        return
    lines = [f"{row.path}: {row.message}: {row.remedy}" for row in errors.itertuples()]
    more = f"; and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    dataset = errors["dataset"].iloc[0]
    raise DataError(
        f"{counted(lines, 'file')} of {dataset} cannot be used, so nothing is trained on it: "
        f"{'; '.join(lines[:_SHOWN])}{more}. Mend them, or leave them out with "
        "`leave_out_errors: true` in benchmark.yml."
    )

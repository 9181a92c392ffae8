"""Index the raw files, look into each, audit them, and split."""

from __future__ import annotations

import pandas as pd
from pydantic import BaseModel

from iadbe.audit.run import audit, refuse_errors, without_errors
from iadbe.datasets.raw_images import RawImages
from iadbe.images.inspect import Inspection
from iadbe.images.memory import Inspections
from iadbe.images.store import ImageStore
from iadbe.pipelines.ingestion.labelled_defects import label_defects
from iadbe.pipelines.ingestion.refusals import refuse_empty_training
from iadbe.pipelines.ingestion.thumbnails import draw_thumbnails
from iadbe.pipelines.ingestion.validation import hold_out, is_held_out
from iadbe.schemas import OPTIONAL_SAMPLE_COLUMNS, SamplesSchema

__all__ = ["MADE", "Ingest", "audit_files", "draw_samples", "is_held_out", "split_samples"]

MADE = "made"
"""Folder, beside the memory of inspections, of what layouts make: masks, synthetic anomalies."""


class Ingest(BaseModel):
    """What to ingest of a dataset."""

    dataset: str
    categories: list[str]
    validation: float
    image_size: int = 256
    leave_out_errors: bool = False


def audit_files(
    raw: RawImages, inspections: Inspections, ingest: Ingest
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Index a dataset, open every file, and say what is wrong or odd.

    Whatever part of the benchmark is run, all of its categories are indexed, so the manifest does
    not depend on the selection. One that is absent is a finding, and costs its own cells only.

    Args:
        raw: The raw images.
        inspections: Inspects the files.
        ingest: The categories.

    Returns:
        The files, a row an image with what opening it and its mask told; and the findings
        (`iadbe.schemas.AuditSchema`).

    Raises:
        AbsentCategoryError: If no category is there.
        DataError: If the dataset's folder is missing, or files do not fit each other.
    """
    files, absent = raw.index_present(ingest.categories, inspections.file.parent / MADE)
    for column, default in OPTIONAL_SAMPLE_COLUMNS.items():
        if column not in files:
            files[column] = default
    found = inspections.inspect([*files["image_path"], *files["mask_path"].dropna()])
    findings = audit(ingest.dataset, files, found, raw.root, absent)
    return _with_facts(files, found), findings


def split_samples(
    files: pd.DataFrame, findings: pd.DataFrame, raw: RawImages, ingest: Ingest
) -> pd.DataFrame:
    """Make the manifest of a dataset.

    Args:
        files: The result of `audit_files`.
        findings: Likewise.
        raw: The raw images; say how many labelled defects move to training.
        ingest: The share of normal training images held out for validation, and whether files
            with errors are left out.

    Returns:
        One row an image, as `SamplesSchema` says.

    Raises:
        DataError: If the audit found errors whose files are not left out, or if nothing is left to
            train on.
    """
    if ingest.leave_out_errors:
        files = without_errors(files, findings).reset_index(drop=True)
    else:
        refuse_errors(findings)
    files = files.assign(split=label_defects(files, raw.labelled_defects))
    before = files["split"]
    files = files.assign(split=hold_out(files, ingest.validation), dataset=ingest.dataset)
    refuse_empty_training(files, before, ingest.validation)
    columns = list(SamplesSchema.to_schema().columns)
    return files[columns].sort_values("sample_id", ignore_index=True)


def draw_samples(samples: pd.DataFrame, ingest: Ingest, images: ImageStore) -> pd.DataFrame:
    """Thumbnails of a dataset; see `iadbe.pipelines.ingestion.thumbnails.draw_thumbnails`."""
    return draw_thumbnails(samples, ingest.image_size, images=images)


def _with_facts(files: pd.DataFrame, found: dict[str, Inspection]) -> pd.DataFrame:
    images = files["image_path"].map(found)
    masks = files["mask_path"].map(found, na_action="ignore")
    facts: dict[str, list[object]] = {
        "height": [item.height for item in images],
        "width": [item.width for item in images],
        "sha256": [item.sha256 for item in images],
        "mask_sha256": [item.sha256 if isinstance(item, Inspection) else None for item in masks],
    }
    return pd.concat([files, pd.DataFrame(facts, index=files.index)], axis=1)

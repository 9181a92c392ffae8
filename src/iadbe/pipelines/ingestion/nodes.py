"""Index the raw files, look into each, and split."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pydantic import BaseModel

from iadbe.datasets.raw_images import RawImages
from iadbe.images.inspect import Inspection, refuse_unreadable
from iadbe.images.memory import Inspections
from iadbe.pipelines.ingestion.refusals import refuse_contradicting_masks, refuse_empty_training
from iadbe.schemas import SamplesSchema

SPLIT_SEED = 0
"""The split belongs to the data: it is the same for every model, seed and run."""


class Ingest(BaseModel):
    """What to ingest of a dataset."""

    dataset: str
    categories: list[str]
    validation: float


def index_samples(raw: RawImages, inspections: Inspections, ingest: Ingest) -> pd.DataFrame:
    """Make the manifest of a dataset.

    Args:
        raw: The raw images.
        inspections: Inspects the files.
        ingest: Categories, and the share of normal training images held out for validation.

    Returns:
        One row an image, as `SamplesSchema` says.

    Raises:
        DataError: If folders are missing, or files cannot be read or do not fit each other.
    """
    files = raw.index(ingest.categories)
    found = inspections.inspect([*files["image_path"], *files["mask_path"].dropna()])
    refuse_unreadable(found.values())
    images = files["image_path"].map(found)
    masks = files["mask_path"].map(found, na_action="ignore")
    refuse_contradicting_masks(images, masks)
    files["height"] = [item.height for item in images]
    files["width"] = [item.width for item in images]
    files["sha256"] = [item.sha256 for item in images]
    files["mask_sha256"] = [item.sha256 if isinstance(item, Inspection) else None for item in masks]
    files["split"] = _hold_out(files, ingest.validation)
    refuse_empty_training(files, ingest.validation)
    files["dataset"] = ingest.dataset
    columns = list(SamplesSchema.to_schema().columns)
    return files[columns].sort_values("sample_id", ignore_index=True)


def _hold_out(files: pd.DataFrame, share: float) -> pd.Series:
    """Move a seeded share of every category's normal training images to the split `val`."""
    split = files["split"].copy()
    normal = files[(files["split"] == "train") & (files["label"] == 0)].sort_values("sample_id")
    for category, rows in normal.groupby("category"):
        entropy = [SPLIT_SEED, *str(category).encode()]
        chosen = np.random.default_rng(entropy).permutation(len(rows))[: round(share * len(rows))]
        split.loc[rows.index[chosen]] = "val"
    return split


def is_held_out(samples: pd.DataFrame, share: float) -> bool:
    """Whether a manifest was split by this share of the normal training images."""
    known = samples[(samples["split"] != "test") & (samples["label"] == 0)]
    return all(
        (rows["split"] == "val").sum() == round(share * len(rows))
        for _, rows in known.groupby("category")
    )

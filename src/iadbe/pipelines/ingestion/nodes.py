"""Index the raw files, look into each, and split."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pydantic import BaseModel

from iadbe.datasets.raw_images import RawImages
from iadbe.errors import DataError
from iadbe.images.inspect import Inspection, Inspections
from iadbe.schemas import SamplesSchema

SPLIT_SEED = 0
"""The split belongs to the data: it is the same for every model, seed and run."""
SHOWN = 5


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
    paths = [*files["image_path"], *files["mask_path"].dropna()]
    found = inspections.inspect(paths)
    _refuse_unreadable(list(found.values()))
    images = files["image_path"].map(found)
    masks = files["mask_path"].map(found, na_action="ignore")
    _refuse_unequal_sizes(images, masks)
    files["height"] = [item.height for item in images]
    files["width"] = [item.width for item in images]
    files["sha256"] = [item.sha256 for item in images]
    files["mask_sha256"] = [item.sha256 if isinstance(item, Inspection) else None for item in masks]
    files["split"] = _hold_out(files, ingest.validation)
    files["dataset"] = ingest.dataset
    columns = list(SamplesSchema.to_schema().columns)
    return files[columns].sort_values("sample_id", ignore_index=True)


def _refuse_unreadable(found: list[Inspection]) -> None:
    broken = [f"{item.path}: {item.error}" for item in found if item.error]
    if broken:
        shown = "; ".join(broken[:SHOWN]) + (" …" if len(broken) > SHOWN else "")
        raise DataError(f"{_files(len(broken))} cannot be read: repair or remove. {shown}")


def _refuse_unequal_sizes(images: pd.Series, masks: pd.Series) -> None:
    unequal = [
        f"{mask.path} is {mask.width}×{mask.height}, its image {image.width}×{image.height}"
        for image, mask in zip(images, masks, strict=True)
        if isinstance(mask, Inspection) and (mask.height, mask.width) != (image.height, image.width)
    ]
    if unequal:
        shown = "; ".join(unequal[:SHOWN]) + (" …" if len(unequal) > SHOWN else "")
        raise DataError(f"{_files(len(unequal))} of masks differ in size from their image: {shown}")


def _files(count: int) -> str:
    return f"{count} file{'s' if count > 1 else ''}"


def _hold_out(files: pd.DataFrame, share: float) -> pd.Series:
    """Move a seeded share of every category's normal training images to the split `val`."""
    split = files["split"].copy()
    normal = files[(files["split"] == "train") & (files["label"] == 0)].sort_values("sample_id")
    for category, rows in normal.groupby("category"):
        entropy = [SPLIT_SEED, *str(category).encode()]
        chosen = np.random.default_rng(entropy).permutation(len(rows))[: round(share * len(rows))]
        split.loc[rows.index[chosen]] = "val"
    return split

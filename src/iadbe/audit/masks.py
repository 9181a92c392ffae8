"""Masks that contradict their image or its label, and masks that are not there."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from iadbe.audit.finding import Finding
from iadbe.images.inspect import Inspection


def check_masks(files: pd.DataFrame, found: dict[str, Inspection]) -> Iterator[Finding]:
    """Masks of another size, empty, full, of normal images, or missing where others have one.

    Args:
        files: Rows of a layout's index: category, split, label, image_path, mask_path, boxes.
        found: The inspection of every file, by path.
    """
    for _, row in files[files["mask_path"].notna()].iterrows():
        image, mask = found[row["image_path"]], found[row["mask_path"]]
        if not (image.error or mask.error):
            yield from _contradictions(str(row["category"]), int(row["label"]), image, mask)
    for category, rows in files.groupby("category", sort=True):
        yield from _missing(str(category), rows)


def _contradictions(
    category: str, label: int, image: Inspection, mask: Inspection
) -> Iterator[Finding]:
    sizes = (mask.height, mask.width), (image.height, image.width)
    if sizes[0] != sizes[1]:
        yield Finding(
            "error",
            "mask_size",
            category,
            mask.path,
            f"the mask is {mask.width}×{mask.height}, its image {image.width}×{image.height}, both "
            "turned upright by their EXIF tags",
            "draw it again or remove it",
        )
    elif label and mask.black:
        remedy = "draw the defect, or move the image to the normal ones"
        message = "the mask of an anomalous image without a defective (non-black) pixel"
        yield Finding("error", "mask_empty", category, mask.path, message, remedy)
    elif label and mask.full:
        remedy = "mark the defect alone: pixel metrics of such an image say nothing"
        message = "the mask marks every pixel"
        yield Finding("warning", "mask_full", category, mask.path, message, remedy)
    elif not label and not mask.black:
        remedy = "move the image to the anomalous ones, or remove the mask"
        message = "the image is called normal, but its mask marks a defect"
        yield Finding("error", "label_contradicts_mask", category, mask.path, message, remedy)


def _missing(category: str, rows: pd.DataFrame) -> Iterator[Finding]:
    """Only where some have a mask: a dataset without any is one to classify."""
    anomalous = rows[rows["label"] == 1]
    placed = anomalous["mask_path"].notna() | anomalous["boxes"].notna()
    if not placed.any():
        return
    for path in anomalous.loc[~placed, "image_path"]:
        remedy = "add its mask; without, the image has no part in pixel metrics"
        message = "an anomalous image without a mask, while others have one"
        yield Finding("warning", "mask_missing", category, path, message, remedy)

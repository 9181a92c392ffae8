"""What ingestion refuses, so that no model is trained on it: one line, with all that is to mend."""

from __future__ import annotations

import pandas as pd

from iadbe.errors import DataError
from iadbe.images.inspect import Inspection, counted, listed


def refuse_contradicting_masks(images: pd.Series, masks: pd.Series) -> None:
    """Raise DataError if a mask is of another size than its image, or marks nothing.

    Args:
        images: The inspection of every image.
        masks: The inspection of its mask, or null, in the same order.
    """
    pairs = [
        (image, mask)
        for image, mask in zip(images, masks, strict=True)
        if isinstance(mask, Inspection)
    ]
    unequal = [
        f"{mask.path} is {mask.width}×{mask.height}, its image {image.width}×{image.height}"
        for image, mask in pairs
        if (mask.height, mask.width) != (image.height, image.width)
    ]
    if unequal:
        raise DataError(
            f"{counted(unequal, 'mask')} of another size than the image, both turned upright by "
            f"their EXIF tags: draw them again or remove them. {listed(unequal)}"
        )
    black = [mask.path for _, mask in pairs if mask.black]
    if black:
        raise DataError(
            f"{counted(black, 'mask')} of anomalous images without a defective (non-black) pixel: "
            f"draw the defect, or move the image to `good`. {listed(black)}"
        )


def refuse_empty_training(files: pd.DataFrame, validation: float) -> None:
    """Raise DataError if a category has no normal image left to train on.

    Args:
        files: category, split and label of every image.
        validation: The share that was held out.
    """
    left = files[(files["split"] == "train") & (files["label"] == 0)]["category"]
    without = sorted(set(files["category"]) - set(left))
    if without:
        raise DataError(
            f"{listed(without)}: no normal training image is left, as `validation: {validation}` "
            "of benchmark.yml holds all of them out. Lower it, or add images."
        )

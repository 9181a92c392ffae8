"""What ingestion refuses, so that no model is trained on it: one line, with all that is to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from iadbe.errors import DataError
from iadbe.images.inspect import Inspection

SHOWN = 5
"""Files that a message names; of the others it says how many there are."""


def refuse_unreadable(found: Iterable[Inspection]) -> None:
    """Raise DataError if a file could not be decoded."""
    broken = [f"{printable(item.path)}: {item.error}" for item in found if item.error]
    if broken:
        raise DataError(
            f"{_count(broken, 'file')} cannot be read: repair or remove them. {listed(broken)}"
        )


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
            f"{_count(unequal, 'mask')} of another size than the image, both turned upright by "
            f"their EXIF tags: draw them again or remove them. {listed(unequal)}"
        )
    black = [mask.path for _, mask in pairs if mask.black]
    if black:
        raise DataError(
            f"{_count(black, 'mask')} of anomalous images without a defective (non-black) pixel: "
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


def listed(items: Sequence[str]) -> str:
    """The first few, and that there are more."""
    return "; ".join(items[:SHOWN]) + (" …" if len(items) > SHOWN else "")


def printable(path: str) -> str:
    """A path that any terminal can take, whatever bytes it is made of."""
    return path.encode("utf-8", "backslashreplace").decode()


def _count(items: Sequence[str], what: str) -> str:
    return f"{len(items)} {what}{'s' if len(items) > 1 else ''}"

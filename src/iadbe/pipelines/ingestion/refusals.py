"""What ingestion refuses, so that no model is trained on it: one line, with all that is to mend."""

from __future__ import annotations

import pandas as pd

from iadbe.errors import DataError
from iadbe.images.inspect import listed


def refuse_empty_training(files: pd.DataFrame, before: pd.Series, validation: float) -> None:
    """Raise DataError if a category has no image left to train on, or no normal one any more.

    Where all training images are anomalous from the outset, supervised models can still learn.

    Args:
        files: category, split and label of every image.
        before: The split before some were held out.
        validation: The share that was held out.
    """
    normal = files["label"] == 0
    had = set(files["category"][normal & (before == "train")])
    left = set(files["category"][normal & (files["split"] == "train")])
    taught = set(files["category"][files["split"] == "train"])
    without = sorted((had - left) | (set(files["category"]) - taught))
    if without:
        raise DataError(
            f"{listed(without)}: no normal training image is left, as `validation: {validation}` "
            "of benchmark.yml holds all of them out. Lower it, or add images."
        )

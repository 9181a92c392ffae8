"""The results of the original IADBE, as it printed them."""

from __future__ import annotations

from importlib import resources
from typing import Final

import pandas as pd

ORIGINAL: Final = "original_iadbe.csv"
COLUMNS = ("dataset", "model", "category", "metric", "value", "as_printed", "source")
AVERAGE = "average"
"""In the column `category`: the average that a table prints, whether it is the mean or not."""


def published() -> pd.DataFrame:
    """Every cell of the original's tables, errors included; `iadbe audit` says which are wrong.

    Returns:
        A row a cell and table: `dataset`, `model` and `category` as in this project's
        configuration (`category` is `average` for the averages printed), `metric` one of
        `image_auroc, pixel_auroc, pixel_pro`, `value` float64 in [0, 1] or null where the table
        has a dash, `as_printed` the text of the cell, `source` the table.

        `pixel_pro` is the per-region overlap at one threshold, as Anomalib 1.1 logged it: never
        to be compared with `aupro`, the area under the curve.

    Source: the README of the original IADBE (image AUROC, `source` begins with `README`) and the
    tables of its paper (`paper`).
    """
    text = {name: "str" for name in COLUMNS if name != "value"}
    with resources.files("iadbe.published").joinpath(ORIGINAL).open(encoding="utf-8") as file:
        return pd.read_csv(
            file,
            dtype=text | {"value": "float64"},
            keep_default_na=False,
            na_values={"value": [""]},
        )

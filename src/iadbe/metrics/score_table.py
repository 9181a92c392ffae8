"""The test samples of a cell with their scores and what is true of them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.metrics.defect_maps import ImageResult
from iadbe.schemas import ScoresSchema


def score_table(cell: Cell, test: pd.DataFrame, images: Mapping[str, ImageResult]) -> pd.DataFrame:
    """Rows of `iadbe.schemas.ScoresSchema`.

    Args:
        cell: Named in every row.
        test: Test rows of the manifest with `image_score`.
        images: What was measured image by image; empty where nothing is known of sizes.
    """
    sizes = [images[name].defect_size if name in images else None for name in test["sample_id"]]
    table = test.assign(**cell.row, defect_size=pd.Series(sizes, index=test.index, dtype=object))
    return table[list(ScoresSchema.to_schema().columns)].reset_index(drop=True)

"""The MPDD layout (Metal Parts Defect Detection): that of MVTec AD, with its own categories.

Source: Jezek et al., "Deep Learning-Based Defect Detection of Metal Parts: Evaluating Current
Methods in Complex Conditions", ICUMT 2021.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from iadbe.layouts import mvtec_ad
from iadbe.layouts.official_category import official_folder


def index(root: Path, category: str) -> pd.DataFrame:
    """List the samples of a category; no image is opened.

    Args:
        root: Folder of the dataset.
        category: Name of a folder below `root`, e.g. `bracket_black`.

    Returns:
        See `iadbe.layouts.mvtec_ad.index`.

    Raises:
        DataError: If folders, images or masks are missing, or images and masks do not pair.
    """
    official_folder(root, "mpdd", category)
    return mvtec_ad.index(root, category)

"""Hold out normal training images for the split `val`."""

from __future__ import annotations

import pandas as pd

from iadbe.layouts.held_out import held_out, seeded, units_of


def hold_out(files: pd.DataFrame, share: float) -> pd.Series:
    """Move a seeded share of every category's normal training images to the split `val`.

    Shots of one group stay together. A category whose layout brings a split `val` keeps it.

    Args:
        files: sample_id, category, split, label and, if known, group of every image.
        share: Of the normal training images of a category.

    Returns:
        The split of every image.
    """
    split = files["split"].copy()
    for category, rows in files.groupby("category"):
        if (rows["split"] != "val").all():
            split.loc[_chosen(rows, str(category), share)] = "val"
    return split


def is_held_out(samples: pd.DataFrame, share: float) -> bool:
    """Whether a manifest was split by this share, except where its layout brought the split."""
    return all(_fits(rows, str(category), share) for category, rows in samples.groupby("category"))


def _chosen(rows: pd.DataFrame, category: str, share: float) -> pd.Index:
    normal = _normal(rows)
    return _first(rows, category, round(share * len(normal)))


def _first(rows: pd.DataFrame, category: str, wanted: int) -> pd.Index:
    """Which of a category's normal training images are held out when some number is wanted."""
    normal = _normal(rows)
    units = units_of(normal)
    taught = set(units_of(rows[(rows["split"] == "train") & (rows["label"] == 1)]))
    free = units[~units.isin(taught)]  # a part whose defects are trained on is not held out
    chosen = held_out(free.tolist(), wanted, seeded(category))
    return free.index[free.isin(chosen)]


def _normal(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["split"] != "test") & (rows["label"] == 0)].sort_values("sample_id")


def _fits(rows: pd.DataFrame, category: str, share: float) -> bool:
    normal = _normal(rows)
    val = set(normal.index[normal["split"] == "val"])
    if val == set(_chosen(rows, category, share)):
        return True
    # Not by this share. Was it by another one, or did the layout bring it? Only the former is such
    # a beginning of the seeded order; its length differs from what was wanted by a group at most.
    slack = int(units_of(normal).value_counts().max()) if len(normal) else 0
    lengths = range(max(0, len(val) - slack), len(val) + slack + 1)
    return all(val != set(_first(rows, category, length)) for length in lengths)

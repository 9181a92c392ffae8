"""Give supervised models labelled defects where a dataset has them in the test split only."""

from __future__ import annotations

import pandas as pd

from iadbe.errors import DataError
from iadbe.layouts.held_out import seeded, units_of


def label_defects(files: pd.DataFrame, count: int) -> pd.Series:
    """Move anomalous images of each category and defect type from test to train.

    The choice is seeded and belongs to the dataset: every model of the benchmark is scored on the
    same remaining test images, also those that may not see the moved ones. With an image all of its
    group moves.

    Args:
        files: sample_id, category, split, label, defect_type and, if known, group of every image.
        count: How many of each defect type; a group may bring more.

    Returns:
        The split of every image.

    Raises:
        DataError: If no anomalous test image of a defect type would remain.
    """
    split = files["split"].copy()
    if not count:
        return split
    for category, rows in files.groupby("category"):
        tested = rows[rows["split"] == "test"].sort_values("sample_id")
        units = units_of(tested)
        moved = _moved(tested, units, str(category), count)
        split.loc[units.index[units.isin(moved)]] = "train"
    return split


def _moved(tested: pd.DataFrame, units: pd.Series, category: str, count: int) -> set[str]:
    moved: set[str] = set()
    anomalous = tested[tested["label"] == 1]
    for kind, rows in anomalous.groupby("defect_type"):
        mine = units[rows.index]
        order = seeded("labelled_defects", category, str(kind)).permutation(len(mine))
        for unit in mine.iloc[order]:
            if mine.isin(moved).sum() >= count:
                break
            moved.add(unit)
    _refuse_untested(anomalous, units, moved, category, count)
    return moved


def _refuse_untested(
    anomalous: pd.DataFrame, units: pd.Series, moved: set[str], category: str, count: int
) -> None:
    left = ~units[anomalous.index].isin(moved)
    for kind, rows in anomalous.groupby("defect_type"):
        if not left[rows.index].any():
            raise DataError(
                f"{category}: `labelled_defects: {count}` leaves none of the {len(rows)} test "
                f"images of defect type '{kind}'. Lower it in catalog.yml, or add images."
            )

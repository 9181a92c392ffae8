"""The list layout: a CSV or Parquet file that names every image.

| column | holds |
|---|---|
| path | the image, below the list's folder |
| label | 0 or 1; or normal, anomalous, ok, ng, … |
| defect_type | `good` if normal; this or label |
| split | optional: train or test |
| mask | optional: the mask, below the list's folder |
| group | optional: images of one group stay in one split |
| category | optional: of a list for several categories |
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.complete_splits import TestShare, complete_splits
from iadbe.layouts.found import SHOWN, Found, frame_of
from iadbe.layouts.list_table import Row, defect_type_of, list_file, read_list

_SPLITS = ("train", "test")


def index(  # noqa: PLR0913 - each option of the layout
    root: Path,
    category: str,
    *,
    cache: Path,
    file: str | None = None,
    test_share: TestShare = 0.2,
    group: str = "group",
) -> pd.DataFrame:
    """List the samples of a category.

    Args:
        root: The list, or a folder with it.
        category: One of the list's column `category`; any name if it has no such column.
        cache: Folder for synthetic anomalies.
        file: Name of the list, if there are several in `root`.
        test_share: Share of the normal images without a split that is held out for test.
        group: Name of the column of groups.

    Returns:
        One row an image: see `iadbe.layouts.mvtec_ad.index`; also group and synthetic.

    Raises:
        AbsentCategoryError: If no row is of the category.
        DataError: If the list or a file that it names is missing, or a row is not clear.
    """
    listed = list_file(root.absolute(), file)
    rows = _of_category(listed, read_list(listed, group), category)
    cells = dict(zip(rows.index, rows.to_dict("records"), strict=True))
    found = [_found(listed, int(number), row) for number, row in cells.items()]
    _refuse_twice(listed, found)
    _refuse_missing(listed, [path for item in found for path in (item.path, item.mask) if path])
    complete = complete_splits(found, listed.parent, category, share=test_share, cache=cache)
    return frame_of(complete, listed.parent, category)


def _of_category(listed: Path, rows: pd.DataFrame, category: str) -> pd.DataFrame:
    mine = rows[rows["category"] == category] if "category" in rows else rows
    if mine.empty:
        known = sorted(set(rows["category"].dropna())) if "category" in rows else []
        there = f" It has: {', '.join(known)}." if known else " Add a row for each image."
        raise AbsentCategoryError(f"{listed}: no row for category '{category}'.{there}")
    return mine


def _found(listed: Path, number: int, row: Row) -> Found:
    if (path := row["path"]) is None:
        raise DataError(f"{listed}: row {number + 1} has no path. Fill it in, or remove the row.")
    split, mask = row.get("split"), row.get("mask")
    if split is not None and split not in _SPLITS:
        raise DataError(
            f"{listed}: '{row['path']}': split '{split}' is neither train nor test. For the split "
            "val, `validation` in benchmark.yml takes a share of train."
        )
    kind = defect_type_of(listed, row)
    return Found(
        listed.parent / path,
        kind,
        split,
        listed.parent / mask if mask is not None and kind != "good" else None,
        group=row.get("group"),
    )


def _refuse_twice(listed: Path, found: list[Found]) -> None:
    counts = Counter(item.path for item in found)
    twice = [str(path) for path, count in counts.items() if count > 1]
    if twice:
        names = ", ".join(twice[:SHOWN])
        raise DataError(f"{listed}: listed twice: {names}. Keep one row of each.")


def _refuse_missing(listed: Path, paths: list[Path]) -> None:
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        more = ", …" if len(missing) > SHOWN else ""
        raise DataError(
            f"{listed}: {len(missing)} files that it names are not there "
            f"({', '.join(missing[:SHOWN])}{more}). Paths are below {listed.parent}."
        )

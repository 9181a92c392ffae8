"""The layout of image tables on the Hugging Face hub: Parquet files with an image and a label.

```yaml
screws.raw:
  type: iadbe.datasets.raw_images.RawImagesDataset
  filepath: hf://datasets/someone/screws@<revision>
  layout: huggingface
  options: {normal: ok}
```

The images are written into the cache folder. For a repository that holds plain image files use the
layout `folder`, `file_list` or another one with the same kind of address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from iadbe.errors import ConfigError, DataError
from iadbe.images.inspect import stamp
from iadbe.layouts.complete_splits import TestShare, complete_splits
from iadbe.layouts.found import Found, category_folder, frame_of, name_below
from iadbe.layouts.hub_table import Row, class_names, columns_of, rows_of, split_of
from iadbe.schemas import NORMAL

_NORMAL = ("good", "normal", "ok", "0", "False")


def index(  # noqa: PLR0913 - each option of the layout
    root: Path,
    category: str,
    *,
    cache: Path,
    image: str = "image",
    label: str = "label",
    mask: str | None = None,
    group: str | None = None,
    normal: str | int | list[str | int] | None = None,
    test_share: TestShare = 0.2,
) -> pd.DataFrame:
    """List the samples of a category.

    Args:
        root: Folder with Parquet files, searched to any depth.
        category: Folder below it, or any name if there is none.
        cache: Folder for the images.
        image: Column of images.
        label: Column of labels: class numbers or names.
        mask: Column of masks.
        group: Column whose values keep images in one split.
        normal: Labels of normal images; by default good, normal, ok, 0 and false.
        test_share: Share of the normal images held out for test, if no file is named as such.

    Returns:
        One row an image: see `iadbe.layouts.mvtec_ad.index`; also group and synthetic.

    Raises:
        DataError: If there is no table, or a column holds something else.
        ConfigError: If there is no such column or label.
    """
    root = root.absolute()
    base = category_folder(root, category)
    tables = sorted(base.rglob("*.parquet"))
    if not tables:
        raise DataError(
            f"{base}: no Parquet file in it or below. For image files in folders use the layout "
            "`folder` with the same address."
        )
    columns = {"image": image, "label": label, "mask": mask, "group": group}
    found, labels = [], set[str]()
    for file in tables:
        _refuse_unknown(file, columns)
        table = _Table(file, root, columns, _words(normal))
        for row in table.rows(cache):
            found.append(table.found(row))
            labels.add(table.label(row))
    _refuse_unlabelled(base, labels, _words(normal))
    complete = complete_splits(found, root, category, share=test_share, cache=cache)
    return frame_of(complete, root, category)


def _words(normal: str | int | list[str | int] | None) -> set[str]:
    given = _NORMAL if normal is None else normal if isinstance(normal, list) else [normal]
    return {str(word) for word in given}


class _Table:
    """One file, with what the options say of its columns."""

    def __init__(
        self, file: Path, root: Path, columns: dict[str, str | None], normal: set[str]
    ) -> None:
        self.file, self.columns, self.normal = file, columns, normal
        self.names = class_names(file, str(columns["label"]))
        self.split = split_of(file, root)
        self.below = name_below(file.with_suffix(""), root)

    def rows(self, cache: Path) -> Iterator[Row]:
        """Its rows; the images are written into the cache."""
        digest = hashlib.sha256(f"{self.file} {stamp(str(self.file))}".encode()).hexdigest()[:12]
        folder = cache / "tables" / f"{self.file.stem}_{digest}"
        images = [name for key in ("image", "mask") if (name := self.columns[key])]
        others = [name for key in ("label", "group") if (name := self.columns[key])]
        return rows_of(self.file, images, others, folder)

    def found(self, row: Row) -> Found:
        """The sample in a row."""
        path = row.files.get(str(self.columns["image"]))
        if path is None:
            message = f"{self.file}: row {row.number} has no image. Remove it from the table."
            raise DataError(message)
        name = self.label(row)
        group = row.cells.get(str(self.columns["group"]))
        return Found(
            path,
            # One may call `good` what is no normal label here.
            NORMAL if name in self.normal else f"{name}_label" if name == NORMAL else name,
            self.split,
            None if name in self.normal else row.files.get(str(self.columns["mask"])),
            group=None if group is None else str(group),
            sample_id=f"{self.below}/{row.number:06d}",
        )

    def label(self, row: Row) -> str:
        """The name of a row's class."""
        column = str(self.columns["label"])
        value: Any = row.cells[column]
        if value is None:
            message = f"{self.file}: row {row.number} has no '{column}'. Remove it from the table."
            raise DataError(message)
        if isinstance(value, int) and self.names and 0 <= value < len(self.names):
            return self.names[value]
        return str(value)


def _refuse_unknown(table: Path, columns: dict[str, str | None]) -> None:
    there = columns_of(table)
    for option, column in columns.items():
        if column is not None and column not in there:
            near = get_close_matches(column, there, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise ConfigError(
                f"{table}: no column '{column}'.{hint} Name one in the option `{option}`; there "
                f"are: {', '.join(there)}."
            )


def _refuse_unlabelled(base: Path, labels: Collection[str], normal: set[str]) -> None:
    if not normal & set(labels):
        raise ConfigError(
            f"{base}: no image has the label {' or '.join(sorted(normal))}. Name the labels of "
            f"normal images in the option `normal`; there are: {', '.join(sorted(labels))}."
        )

"""Published results as one table: the original IADBE's, the papers' and Anomalib's."""

from __future__ import annotations

from importlib import resources
from typing import Final

import pandas as pd

ORIGINAL: Final = "original_iadbe.csv"
PAPERS: Final = "papers.csv"
ANOMALIB: Final = "anomalib.csv"

ORIGINAL_COLUMNS = ("dataset", "model", "category", "metric", "value", "as_printed", "source")
COLUMNS = (
    "dataset", "model", "category", "metric", "value", "as_printed", "source", "reference", "year",
    "url", "backbone", "image_size", "training", "setting",
)  # fmt: skip
SOURCES = ("original_iadbe", "paper", "anomalib")
TRAINING = ("category", "all_categories", "few_images", "none")
"""What a model saw before it was tested: all normal images of one category, of all categories at
once, a few of them, or nothing (zero-shot)."""
AVERAGE = "average"
"""In the column `category`: the average that a source prints, whether it is the mean or not."""

_ORIGINAL_SETTING = "Anomalib 1.1"


def published() -> pd.DataFrame:
    """All published results that ship with the package, errors included.

    Returns:
        A row a printed number: `dataset`, `model` and `category` as in this project's
        configuration, `metric`, `value` float64 in [0, 1] (null where a table has a dash),
        `as_printed` the text itself, `source` one of `SOURCES`, `reference` the place within it,
        `year` Int64, `url`, and the setting as far as it is stated: `backbone` (a timm name),
        `image_size` Int64 in pixels, `training` one of `TRAINING`, `setting` in words.

    Source: the original's README and paper (`original`), the papers (`papers.csv`, by hand) and
    the READMEs of Anomalib 2.7 (`anomalib.csv`, by `iadbe.published.transcribe_anomalib`).
    """
    tables = (_as_facts(original()), facts_file(PAPERS), facts_file(ANOMALIB))
    return pd.concat(tables, ignore_index=True)


def original() -> pd.DataFrame:
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
    return _read(ORIGINAL, dict.fromkeys(ORIGINAL_COLUMNS, "str") | {"value": "float64"})


def facts_file(name: str) -> pd.DataFrame:
    """One of the package's files of `COLUMNS`, its empty cells null."""
    numbers = {"value": "float64", "year": "Int64", "image_size": "Int64"}
    return _read(name, dict.fromkeys(COLUMNS, "str") | numbers)


def _as_facts(tables: pd.DataFrame) -> pd.DataFrame:
    """The original's tables in the columns of all facts."""
    facts = tables.rename(columns={"source": "reference"})
    facts = facts.assign(source=SOURCES[0], training=TRAINING[0], setting=_ORIGINAL_SETTING)
    facts = facts.reindex(columns=list(COLUMNS))
    return facts.astype({"year": "Int64", "image_size": "Int64", "url": "str", "backbone": "str"})


def _read(name: str, types: dict[str, str]) -> pd.DataFrame:
    with resources.files("iadbe.published").joinpath(name).open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=types, keep_default_na=False, na_values=[""])

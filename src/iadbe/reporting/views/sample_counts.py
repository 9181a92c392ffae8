"""How many images a dataset has, by category, split and label."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import percent, words
from iadbe.reporting.views.table import Table

_BY = ["dataset", "category", "split", "label"]


class Part(NamedTuple):
    """Images of one split and label."""

    split: str
    label: int
    title: str


PARTS = (
    Part("train", 0, "train, normal"),
    Part("train", 1, "train, anomalous"),
    Part("val", 0, "validation, normal"),
    Part("val", 1, "validation, anomalous"),
    Part("test", 0, "test, normal"),
    Part("test", 1, "test, anomalous"),
)


def sample_counts(samples: pd.DataFrame) -> pd.DataFrame:
    """Count the images of manifests.

    Args:
        samples: Manifests of one or several datasets (`iadbe.schemas.SamplesSchema`).

    Returns:
        A row for each dataset, category, split and label that there is, in the manifest's order
        of categories, with the number of `images`.
    """
    counted = samples.groupby(_BY, sort=False, observed=True).size()
    return counted.rename("images").reset_index().astype({"label": int})


def counts_table(counts: pd.DataFrame) -> Table:
    """A row a category, then one for all of them, and what share of all images each is.

    Args:
        counts: Of `sample_counts`, for one dataset.
    """
    wide = by_part(counts, "category")
    rows = [(words(name), entries) for name, entries in _rows(wide)]
    every = [("all", entries) for _, entries in _rows(wide.sum().to_frame().T)]
    return Table("Images by category", "Category", [*wide, "All", "Share"], rows + every, False)


def datasets_table(counts: pd.DataFrame) -> Table:
    """A row a dataset, with its number of categories and its share of all images."""
    wide = by_part(counts, "dataset")
    categories = counts.groupby("dataset")["category"].nunique().to_dict()
    rows = [(name, [str(categories[name]), *entries]) for name, entries in _rows(wide)]
    return Table("Images by dataset", "Dataset", ["Categories", *wide, "All", "Share"], rows, False)


def _rows(wide: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Each row's numbers, their sum, and its share of all."""
    numbers = wide.to_numpy(int)
    sums, total = numbers.sum(axis=1), numbers.sum()
    return [
        (str(name), [*map(str, row), str(own), percent(float(own / total))])
        for name, row, own in zip(wide.index, numbers, sums, strict=True)
    ]


def by_part(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Numbers of images, a row each of `by` (dataset or category), a column a part that there is.

    A part without images in a row has 0: it was counted.
    """
    titles = {(part.split, part.label): part.title for part in PARTS}
    named = counts.assign(
        part=[titles[at] for at in zip(counts["split"], counts["label"], strict=True)]
    )
    wide = named.pivot_table(index=by, columns="part", values="images", aggfunc="sum", sort=False)
    present = [part.title for part in PARTS if part.title in wide.columns]
    return wide[present].fillna(0).astype(int).rename_axis(columns=None)

"""Compare what lies on disk with what is officially known."""

from __future__ import annotations

import pandas as pd

from iadbe.layouts.facts.official import Counts, official

_WORDS = {
    "train": "normal training images",
    "val": "normal validation images",
    "test_normal": "normal test images",
    "test_anomalous": "anomalous images",
    "normal": "normal images",
    "anomalous": "anomalous images",
}


def check_counts(dataset: str, category: str, frame: pd.DataFrame) -> list[str]:
    """Say what differs from the official numbers of images.

    It holds for what a layout gives and for the manifest: normal images that were held out of
    training for validation, and anomalous test images that were moved to training, are counted
    where they came from.

    Args:
        dataset: Name of the dataset, e.g. `mvtec_ad`.
        category: Name of a category.
        frame: Its rows, with split, label and, optionally, category and synthetic.

    Returns:
        One line for each number that differs; none if all agree or nothing is known.
    """
    facts = official(dataset)
    known = facts.categories.get(category) if facts else None
    if known is None:
        return []
    here = _count(_rows(category, frame), has_validation=known.val is not None)
    return [
        f"{category}: {expected} {_WORDS[name]} officially, {found} here: {_guess(expected, found)}"
        for name, expected, found in _pairs(known, here)
        if found != expected
    ]


def _rows(category: str, frame: pd.DataFrame) -> pd.DataFrame:
    if "category" in frame:
        frame = frame[frame["category"] == category]
    if "synthetic" in frame:
        frame = frame[~frame["synthetic"].fillna(value=False).astype(bool)]
    return frame


def _count(rows: pd.DataFrame, *, has_validation: bool) -> Counts:
    normal, split = rows["label"] == 0, rows["split"]
    val = int((normal & (split == "val")).sum())
    train = int((normal & (split == "train")).sum())
    anomalous = int((~normal).sum())
    return Counts(
        train=train if has_validation else train + val,
        val=val,
        test_normal=int((normal & (split == "test")).sum()),
        test_anomalous=anomalous,
        normal=int(normal.sum()),
        anomalous=anomalous,
    )


def _pairs(known: Counts, here: Counts) -> list[tuple[str, int, int]]:
    return [
        (name, expected, getattr(here, name))
        for name, expected in known.model_dump().items()
        if expected is not None
    ]


def _guess(expected: int, found: int) -> str:
    return "incomplete download?" if found < expected else "files that do not belong there?"
